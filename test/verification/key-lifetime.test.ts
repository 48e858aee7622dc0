import { expect, test } from 'vitest';
import { keyLifetimeMs } from '../../src/verification/key-lifetime.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test.each([
  ['public, max-age=21600, must-revalidate, no-transform', undefined, 6 * HOUR],
  ['MAX-AGE=600', undefined, 10 * MINUTE],
  ['max-age="600"', undefined, 10 * MINUTE],
  ['max-age=600,max-age=7200', undefined, 10 * MINUTE],
  ['s-maxage=60, max-age=600', undefined, 10 * MINUTE],
  ['max-age=3600', '600', 50 * MINUTE],
  ['max-age=3600', ' 600 ', 50 * MINUTE],
])('Keys live for max-age less Age: %s, Age: %s', (cacheControl, age, expected) => {
  const headers = new Headers({ 'cache-control': cacheControl, ...(age === undefined ? {} : { age }) });

  expect(keyLifetimeMs(headers)).toBe(expected);
});

test.each([
  undefined,
  'public',
  'max-age=',
  'max-age=-5',
  'max-age=soon',
  's-maxage=60',
  'x-max-age=60',
  'no-cache="set-cookie"',
  'x-no-store',
])('Where the answer does not say, they live for an hour: %s', (cacheControl) => {
  const headers = new Headers(cacheControl === undefined ? {} : { 'cache-control': cacheControl });

  expect(keyLifetimeMs(headers)).toBe(HOUR);
});

test.each([
  ['max-age=0', undefined],
  ['no-store, max-age=3600', undefined],
  ['max-age=3600, no-store', undefined],
  ['no-cache, max-age=3600', undefined],
  ['max-age=600', '600'],
  ['max-age=600', '99999999999999999999'],
  [`max-age=${'9'.repeat(400)}`, '9'.repeat(400)],
  ['no-store', undefined],
  ['private, no-cache', undefined],
  ['No-Cache , must-revalidate', undefined],
])('They live for a minute at least: %s, Age: %s', (cacheControl, age) => {
  const headers = new Headers({ 'cache-control': cacheControl, ...(age === undefined ? {} : { age }) });

  expect(keyLifetimeMs(headers)).toBe(MINUTE);
});

test.each(['max-age=31536000', `max-age=${'9'.repeat(400)}`])('They live for a day at most: %.20s', (cacheControl) => {
  expect(keyLifetimeMs(new Headers({ 'cache-control': cacheControl }))).toBe(24 * HOUR);
});

test.each(['junk', '-600', '1.5', ''])('An Age that is no number of seconds is none: %j', (age) => {
  expect(keyLifetimeMs(new Headers({ 'cache-control': 'max-age=600', age }))).toBe(10 * MINUTE);
});
