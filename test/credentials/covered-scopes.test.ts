import { afterEach, expect, it } from 'vitest';
import { ClientCredentials, MetadataCredentials } from 'credence';
import { coversScopes } from '../../src/credentials/covered-scopes.js';

afterEach(() => {
  Reflect.deleteProperty(Object.prototype, 'grantedScopes');
  Reflect.deleteProperty(Object.prototype, 'defaultScopes');
});

it('scopes are covered where all of them are held, and none are where nothing is known', () => {
  expect(coversScopes(['a', 'b'], 'b a')).toBe(true);
  expect(coversScopes(['a'], ['a', 'b'])).toBe(false);
  expect(coversScopes(undefined, 'a')).toBe(false);
  expect(coversScopes(undefined, [])).toBe(true);
});

it('F81 scopes that somebody wrote on Object.prototype are held by no credentials', () => {
  Object.assign(Object.prototype, { grantedScopes: ['polluted'], defaultScopes: ['polluted'] });
  const client = new ClientCredentials({
    clientId: 'id',
    clientSecret: 'secret',
    tokenUri: 'https://login.example/token',
    scopes: 'a',
  });
  const machine = new MetadataCredentials({ scopes: 'a' });

  const held = [client, machine].map((credentials) => [credentials.hasScopes('a'), credentials.hasScopes('polluted')]);

  expect(held).toEqual([
    [true, false],
    [true, false],
  ]);
});
