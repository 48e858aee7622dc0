import { expect, test } from 'vitest';
import { issueAccountKey } from '../../../src/testing/accounts/service-account-key.js';

test('every key has an id of its own, though RSA keys may share the pair', async () => {
  const [one, other, own] = await Promise.all([
    issueAccountKey('RS256', false),
    issueAccountKey('RS256', false),
    issueAccountKey('RS256', true),
  ]);

  expect(new Set([one.keyId, other.keyId, own.keyId]).size).toBe(3);
  expect(one.privateKey).toBe(other.privateKey);
  expect(own.privateKey.equals(one.privateKey)).toBe(false);
});

test('keys of elliptic curves share nothing', async () => {
  const [one, other] = await Promise.all([issueAccountKey('ES256', false), issueAccountKey('ES256', false)]);

  expect(one.privateKey.equals(other.privateKey)).toBe(false);
});
