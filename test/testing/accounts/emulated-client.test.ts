import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { anEmulator, callApi, post } from '../emulator-client.js';

test('every client has an id and a secret of its own, and prints without the secret', async () => {
  const emulator = await anEmulator();

  const [one, other] = [emulator.client(), emulator.client()];

  expect(one.clientId).not.toBe(other.clientId);
  expect(one.clientSecret).not.toBe(other.clientSecret);
  expect(inspect(one, { showHidden: true })).not.toContain(one.clientSecret);
  expect({ ...one }.clientSecret).toBe(one.clientSecret);
});

test('tokens can be minted without the token endpoint, for a part of the scopes', async () => {
  const clock = manualClock();
  const emulator = await anEmulator({ clock });
  const client = emulator.client({ scopes: ['read', 'write'] });

  const { token, expiry } = client.mint(['read']);

  expect(expiry.getTime()).toBe(clock.now() + 3_600_000);
  expect((await post(emulator.tokenInfoUri, { access_token: token })).json['scope']).toBe('read');
});

test('revoking ends the tokens so far, and later ones are good', async () => {
  const emulator = await anEmulator();
  const client = emulator.client();
  const { token } = client.mint();

  client.revokeTokens();

  expect((await callApi(emulator, token)).status).toBe(401);
  expect((await callApi(emulator, client.mint().token)).status).toBe(200);
});

test('scopes that are no list are refused', async () => {
  const emulator = await anEmulator();

  expect(() => emulator.client({ scopes: 'read' as never })).toThrow(/^"scopes" must be/);
});
