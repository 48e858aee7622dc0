import { expect, test } from 'vitest';
import type { EmulatedClient } from '../../../src/testing/accounts/emulated-client.js';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import type { Reply } from '../emulator-client.js';
import { anEmulator, callApi, post } from '../emulator-client.js';

function ask(client: EmulatedClient, fields: Record<string, string> = {}): Promise<Reply> {
  const { tokenUri, clientId: client_id, clientSecret: client_secret } = client;
  return post(tokenUri, { grant_type: 'client_credentials', client_id, client_secret, ...fields });
}

test('a client gets a token on its own behalf, for all of its scopes where it names none', async () => {
  const emulator = await anEmulator({ clock: manualClock() });
  const client = emulator.client({ scopes: ['read', 'write'] });

  const { status, json } = await ask(client);

  expect(status).toBe(200);
  expect(json).toEqual({
    access_token: expect.any(String),
    expires_in: 3600,
    scope: 'read write',
    token_type: 'Bearer',
  });
  expect((await callApi(emulator, json['access_token'])).json['user']).toBe(client.clientId);
});

test('the client may authenticate in the header too', async () => {
  const emulator = await anEmulator();
  const { clientId, clientSecret, tokenUri } = emulator.client();
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64');

  const { status } = await post(tokenUri, { grant_type: 'client_credentials' }, { authorization: `Basic ${basic}` });

  expect(status).toBe(200);
});

test('the scopes asked for are granted as far as the client has them', async () => {
  const emulator = await anEmulator();
  const client = emulator.client({ scopes: ['read'] });

  const some = await ask(client, { scope: 'read other' });
  const none = await ask(client, { scope: 'other' });

  expect(some.json['scope']).toBe('read');
  expect([none.status, none.json['error']]).toEqual([400, 'invalid_scope']);
});

test('a wrong secret is refused with invalid_client', async () => {
  const emulator = await anEmulator();

  const { status, json } = await ask(emulator.client(), { client_secret: 'wrong' });

  expect([status, json['error']]).toEqual([401, 'invalid_client']);
});

test('the client of a user may not use this grant', async () => {
  const emulator = await anEmulator();
  const { info } = await emulator.authorizedUser();
  const { client_id, client_secret } = info;

  const { status, json } = await post(info.token_uri, { grant_type: 'client_credentials', client_id, client_secret });

  expect([status, json['error']]).toEqual([400, 'unauthorized_client']);
});
