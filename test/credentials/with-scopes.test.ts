import { expect, test } from 'vitest';
import { StaticCredentials, UserCredentials } from 'credence';
import { MetadataCredentials } from '../../src/credentials/metadata/metadata.js';
import { ServiceAccountCredentials } from '../../src/credentials/service-account/service-account.js';
import { withScopesIfRequired } from '../../src/credentials/with-scopes.js';
import { aKey } from '../fixtures/service-account.js';

test('Credentials that have no scopes and want some get them', () => {
  const account = withScopesIfRequired(new ServiceAccountCredentials(aKey()), 'one two', ['three']);
  const machine = withScopesIfRequired(new MetadataCredentials(), undefined, 'three');

  expect([account.scopes, account.defaultScopes]).toEqual([['one', 'two'], ['three']]);
  expect([machine.scopes, machine.defaultScopes]).toEqual([undefined, ['three']]);
});

test.each([
  ['that have scopes already', new ServiceAccountCredentials(aKey()).withScopes('own')],
  [
    'of a user, whose scopes are those of the consent',
    new UserCredentials({ refreshToken: 'r', clientId: 'c', clientSecret: 's' }),
  ],
  ['that know no scopes', new StaticCredentials({ token: 'token' })],
])('Credentials %s stay the very same', (_, credentials) => {
  expect(withScopesIfRequired(credentials, 'one', 'two')).toBe(credentials);
});

test('Without scopes to give nothing is copied', () => {
  const account = new ServiceAccountCredentials(aKey());

  expect(withScopesIfRequired(account, undefined)).toBe(account);
});
