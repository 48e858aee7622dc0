import { expect, test } from 'vitest';
import { grantedScopes, grantedTokens } from '../../src/oauth/granted-tokens.js';

const ANSWER = {
  accessToken: 'token',
  expiresAt: 1_000,
  expiryAssumed: true,
  refreshToken: 'ignored',
  idToken: 'id-token',
  scope: 'read',
};

test.each([
  ['read write', ['read', 'write']],
  ['', ['asked']],
  ['  ', ['asked']],
  [undefined, ['asked']],
  ['re"ad', ['asked']],
])('F22 The scope %j grants %j', (scope, granted) => {
  expect(grantedScopes({ scope }, ['asked'])).toEqual(granted);
});

test('A server that names no scopes grants what nobody named', () => {
  expect(grantedScopes({ scope: undefined }, undefined)).toBeUndefined();
});

test('The tokens hold what was granted, and no refresh token', () => {
  const tokens = grantedTokens(ANSWER, ['asked']);

  const { value, expiresAt, scopes } = tokens.accessToken;
  expect([value, expiresAt, scopes, tokens.grantedScopes]).toEqual(['token', 1_000, ['read'], ['read']]);
  expect([tokens.idToken, tokens.expiryAssumed, tokens.refreshToken]).toEqual(['id-token', true, undefined]);
});
