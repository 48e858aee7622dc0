import { expect, test } from 'vitest';
import { parseRetryAfter } from '../../src/base/retry-after.js';

const NOW = Date.UTC(2025, 0, 1, 12);

test.each([
  ['0', 0],
  ['7', 7_000],
  [' 7 ', 7_000],
  ['3600', 3_600_000],
  ['Wed, 01 Jan 2025 12:00:30 GMT', 30_000],
  ['Wednesday, 01-Jan-25 12:00:30 GMT', 30_000],
])('F3 %j is read', (header, expected) => {
  expect(parseRetryAfter(header, NOW)).toBe(expected);
});

test.each(['3601', '99999999999999999999', 'Fri, 31 Dec 9999 23:59:59 GMT'])('F3 %j is an hour', (header) => {
  expect(parseRetryAfter(header, NOW)).toBe(3_600_000);
});

test.each([
  null,
  '',
  '-1',
  '1.5',
  '1e3',
  '0x10',
  'soon',
  '7 s',
  '2025-01-01T12:00:30Z',
  'Wed, 01 Jan 2025 11:59:59 GMT',
  'Wed, 99 Foo 2025 12:00:30 GMT',
  'Wed Jan  1 12:00:30 2025',
])('F3 %j says nothing', (header) => {
  expect(parseRetryAfter(header, NOW)).toBeUndefined();
});
