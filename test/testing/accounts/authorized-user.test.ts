import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { anEmulator, callApi, refresh } from '../emulator-client.js';

test('writes a file of exactly the required fields, which the owner alone may read', async () => {
  const emulator = await anEmulator();

  const { path, info, user } = await emulator.authorizedUser();

  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(info);
  expect(info).toEqual({
    type: 'authorized_user',
    client_id: expect.stringMatching(/\.apps\.googleusercontent\.com$/),
    client_secret: expect.any(String),
    refresh_token: user.currentRefreshToken,
    token_uri: emulator.tokenUri,
  });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
});

test('writes the optional fields that are asked for', async () => {
  const emulator = await anEmulator();

  const { info } = await emulator.authorizedUser({
    scopes: ['read'],
    account: 'me@example.com',
    quotaProjectId: 'quota',
    universeDomain: 'example.com',
    tokenUri: 'http://127.0.0.2/token',
  });

  expect(info).toMatchObject({
    scopes: ['read'],
    account: 'me@example.com',
    quota_project_id: 'quota',
    universe_domain: 'example.com',
    token_uri: 'http://127.0.0.2/token',
  });
});

test('writes a live token with its expiry where asked', async () => {
  const clock = manualClock({ now: Date.UTC(2026, 1, 3, 4, 5, 6) });
  const emulator = await anEmulator({ clock });

  const { info } = await emulator.authorizedUser({ withToken: true });

  expect(info.expiry).toBe('2026-02-03T05:05:06.000Z');
  expect((await callApi(emulator, info.token)).status).toBe(200);
});

test('lets the user consent to less than the file asks for', async () => {
  const emulator = await anEmulator();

  const { info, user } = await emulator.authorizedUser({ scopes: ['read', 'write'], grantedScopes: ['read'] });

  expect(user.grantedScopes).toEqual(['read']);
  expect((await refresh(info, { scope: 'read write' })).json['scope']).toBe('read');
});

test('registers a new user and a new client each time', async () => {
  const emulator = await anEmulator();

  const one = await emulator.authorizedUser();
  const other = await emulator.authorizedUser({ email: 'named@example.com' });

  expect(other.info.client_id).not.toBe(one.info.client_id);
  expect(other.path).not.toBe(one.path);
  expect([one.user.email, other.user.email]).toEqual(['user-1@example.com', 'named@example.com']);
});

test('keeps nothing of what it was given, and gives out nothing that can be changed', async () => {
  const emulator = await anEmulator();
  const scopes = ['read'];

  const { info, user } = await emulator.authorizedUser({ scopes });
  scopes.push('write');

  expect([info.scopes, user.grantedScopes]).toEqual([['read'], ['read']]);
  expect([info, info.scopes, user, user.grantedScopes].every(Object.isFrozen)).toBe(true);
});

test('refuses scopes that are no array of single scopes', async () => {
  const emulator = await anEmulator();
  const message = '"scopes" must be an array of strings without spaces';

  await expect(emulator.authorizedUser({ scopes: 'read write' as never })).rejects.toThrow(new TypeError(message));
  await expect(emulator.authorizedUser({ scopes: ['read write'] })).rejects.toThrow(new TypeError(message));
  await expect(emulator.authorizedUser({ grantedScopes: [''] })).rejects.toThrow(/^"grantedScopes"/);
});
