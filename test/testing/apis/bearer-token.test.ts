import { expect, test } from 'vitest';
import { bearerLabel, bearerToken } from '../../../src/testing/apis/bearer-token.js';
import { AccessTokens } from '../../../src/testing/oauth/access-tokens.js';

test.each([
  ['Bearer abc', 'abc'],
  ['bearer  abc ', 'abc'],
  ['Bearer', undefined],
  ['Bearer a b', undefined],
  ['Basic abc', undefined],
  [undefined, undefined],
])('the bearer token of %j is %j', (header, token) => {
  expect(bearerToken(header)).toBe(token);
});

test.each([
  ['Bearer abc', 'Bearer <unknown token>'],
  ['Bearer e30.e30.c2ln', 'Bearer <JWT>'],
  ['Bearer a.b.c', 'Bearer <unknown token>'],
  ['Basic abc', 'Basic <redacted>'],
  ['abc', '<redacted>'],
])('%j is shown as %j', (header, label) => {
  expect(bearerLabel(header, new AccessTokens())).toBe(label);
});
