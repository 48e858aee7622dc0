import { expect, test } from 'vitest';
import { isShortLivedAt } from '../../../src/testing/keys/jwt-lifetime.js';

const NOW_SECONDS = 1_000_000;

test.each([
  ['an hour from now', 0, 3600, true],
  ['a second', 0, 1, true],
  ['more than an hour', 0, 3601, false],
  ['no time', 0, 0, false],
  ['a beginning 5 minutes ahead', 300, 400, true],
  ['a beginning further ahead', 301, 400, false],
  ['an end less than 5 minutes ago', -1000, -299, true],
  ['an end 5 minutes ago', -1000, -300, false],
])('%s is judged %s to %s: %s', (_, iat, exp, expected) => {
  const claims = { iat: NOW_SECONDS + iat, exp: NOW_SECONDS + exp };

  expect(isShortLivedAt(claims, NOW_SECONDS * 1000)).toBe(expected);
});

test.each([{}, { iat: 0 }, { exp: 0 }, { iat: '0', exp: 60 }, { iat: 0, exp: null }])('%j is no lifetime', (claims) => {
  expect(isShortLivedAt(claims, 0)).toBe(false);
});
