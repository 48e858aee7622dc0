import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { anEmulator, callApi, post } from '../emulator-client.js';
import { claimsOf, exchange, signedBy } from '../service-account-client.js';

test('mints tokens without the token endpoint', async () => {
  const clock = manualClock();
  const emulator = await anEmulator({ clock });
  const { account } = await emulator.serviceAccount();

  const { token, expiry } = account.mint(['read']);

  expect(expiry.getTime()).toBe(clock.now() + 3_600_000);
  expect((await callApi(emulator, token)).json['user']).toBe(account.email);
  expect((await post(emulator.tokenInfoUri, { access_token: token })).json['scope']).toBe('read');
  expect(emulator.requests.token).toBe(0);
});

test('revoking ends the tokens so far, those of users included, and later ones are good', async () => {
  const emulator = await anEmulator();
  const { info, account } = await emulator.serviceAccount({ delegatedUsers: ['user@example.com'] });
  const ofUser = await exchange(info, signedBy(info, claimsOf(info, Date.now(), { sub: 'user@example.com' })));
  const { token } = account.mint();

  account.revokeTokens();

  expect((await callApi(emulator, token)).status).toBe(401);
  expect((await callApi(emulator, ofUser.json['access_token'])).status).toBe(401);
  expect((await callApi(emulator, account.mint().token)).status).toBe(200);
});

test('a client that revokes a token of an account may get another one', async () => {
  const emulator = await anEmulator();
  const { info, account } = await emulator.serviceAccount();
  const { token } = account.mint();

  const { status } = await post(emulator.revokeUri, { token });

  expect(status).toBe(200);
  expect((await callApi(emulator, token)).status).toBe(401);
  expect((await exchange(info, signedBy(info, claimsOf(info)))).status).toBe(200);
});

test('a disabled account gets no more tokens until it is enabled, and keeps those that it has', async () => {
  const emulator = await anEmulator();
  const { account } = await emulator.serviceAccount();
  const { token } = account.mint();

  account.disable(true);

  expect(() => account.mint()).toThrow('This service account is disabled.');
  expect((await callApi(emulator, token)).status).toBe(200);
  account.disable(false);
  expect((await callApi(emulator, account.mint().token)).status).toBe(200);
});

test('deleting a key tells whether it was there', async () => {
  const emulator = await anEmulator();
  const { info, account } = await emulator.serviceAccount();

  expect([account.deleteKey(info.private_key_id), account.deleteKey(info.private_key_id)]).toEqual([true, false]);
});

test('it prints without its key, and refuses wrong arguments', async () => {
  const emulator = await anEmulator();
  const { info, account } = await emulator.serviceAccount();
  const printed = inspect(account, { depth: 5, showHidden: true });

  expect(printed).not.toContain(info.private_key_id);
  expect(printed).not.toContain('PRIVATE KEY');
  expect(() => account.mint('read' as never)).toThrow(/^"scopes" must be/);
  expect(() => account.disable('yes' as never)).toThrow(/^"on" must be/);
  expect(() => account.deleteKey(5 as never)).toThrow(/^"keyId" must be/);
});
