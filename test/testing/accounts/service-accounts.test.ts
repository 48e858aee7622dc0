import { expect, test } from 'vitest';
import { issueAccountKey } from '../../../src/testing/accounts/service-account-key.js';
import { ServiceAccounts } from '../../../src/testing/accounts/service-accounts.js';

const TERMS = { email: 'me@example.com', projectId: 'p' };

test('accounts are found by their address and by their identifier', () => {
  const accounts = new ServiceAccounts();

  const account = accounts.add(TERMS);

  expect(accounts.size).toBe(1);
  expect(accounts.find('me@example.com')).toBe(account);
  expect(accounts.find(account.uniqueId)).toBe(account);
  expect(accounts.find('')).toBeUndefined();
});

test('an address is taken once', () => {
  const accounts = new ServiceAccounts();
  accounts.add(TERMS);

  expect(() => accounts.add(TERMS)).toThrow(TypeError);
});

test('Google signs for an account with its newest RSA key, and makes one where there is none', async () => {
  const [rsa, curved] = [await issueAccountKey('RS256', false), await issueAccountKey('ES256', false)];
  const [one, other] = [new ServiceAccounts().add(TERMS), new ServiceAccounts().add(TERMS)];
  one.addKey(rsa);
  one.addKey(curved);
  other.addKey(curved);

  expect(await one.signingKey()).toBe(rsa);
  expect(one.keys).toEqual([curved, rsa]);
  expect(await other.signingKey()).toMatchObject({ algorithm: 'RS256' });
  expect(other.keys).toHaveLength(2);
});

test('the holder of its tokens is the same until they are revoked, for each user it acts for', () => {
  const account = new ServiceAccounts().add(TERMS);
  const [own, user] = [account.holder(), account.holder('user@example.com')];

  expect([account.holder(), account.holder('user@example.com')]).toEqual([own, user]);
  expect(account.holder()).toBe(own);
  account.revokeTokens();
  expect([own.revoked, user.revoked, account.holder().revoked]).toEqual([true, true, false]);
  expect(user).toMatchObject({ email: 'user@example.com', clientId: account.uniqueId });
  expect(account.holder('user@example.com').subject).toBe(user.subject);
});
