import { describe, expect, test } from 'vitest';
import { manualClock } from 'credence/testing';
import { ClientCredentials } from '../../../src/credentials/client/client.js';
import { headersOf } from '../../fixtures/scripted-credentials.js';
import { anEmulator } from '../../fixtures/user.js';

const SCOPES = ['https://www.googleapis.com/auth/one', 'https://www.googleapis.com/auth/two'];

async function aClient(options: object = {}) {
  const emulator = await anEmulator();
  const client = emulator.client({ scopes: SCOPES });
  const { tokenUri, clientId, clientSecret } = client;
  return { emulator, client, credentials: new ClientCredentials({ tokenUri, clientId, clientSecret, ...options }) };
}

describe.each(['client_secret_basic', 'client_secret_post'])('With %s', (clientAuthentication) => {
  test('the server is asked once, and its token works', async () => {
    const { emulator, client, credentials } = await aClient({ clientAuthentication });

    const all = await Promise.all([headersOf(credentials, emulator.apiUrl), headersOf(credentials, emulator.apiUrl)]);

    expect(all[0]).toEqual(all[1]);
    expect(emulator.requests.token).toBe(1);
    const response = await fetch(emulator.apiUrl, { headers: all[0] ?? {} });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(client.clientId);
  });
});

test('Without scopes the server decides, and says what it granted', async () => {
  const { credentials } = await aClient();

  expect((await credentials.refresh()).scopes).toEqual(SCOPES);
});

test('A copy with scopes asks for these, and keeps everything else', async () => {
  const { credentials } = await aClient({ quotaProjectId: 'project' });
  await credentials.refresh();

  const copy = credentials.withScopes(SCOPES.slice(0, 1));

  expect([copy.token, copy.quotaProjectId, copy.clientId]).toEqual([undefined, 'project', credentials.clientId]);
  expect((await copy.refresh()).scopes).toEqual(SCOPES.slice(0, 1));
  expect([copy.hasScopes(SCOPES[0]!), copy.hasScopes(SCOPES), credentials.hasScopes([])]).toEqual([true, false, true]);
});

test('A new token is asked for when the old one has ended: there is nothing to rotate', async () => {
  const clock = manualClock();
  const emulator = await anEmulator({ clock });
  const { tokenUri, clientId, clientSecret } = emulator.client();
  const credentials = new ClientCredentials({ tokenUri, clientId, clientSecret, clock });
  const first = await headersOf(credentials, emulator.apiUrl);
  await clock.advance(3_600_000);

  expect(await headersOf(credentials, emulator.apiUrl)).not.toEqual(first);
  expect(emulator.requests.token).toBe(2);
});

test('F14 A wrong secret is refused for good', async () => {
  const { credentials } = await aClient({ clientSecret: 'wrong' });

  await expect(credentials.refresh()).rejects.toMatchObject({ code: 'request_refused', retryable: false });
});

test('F8 A connection that breaks is asked again: a client credentials request changes nothing at the server', async () => {
  const { emulator, credentials } = await aClient();
  emulator.faults.next('token', { reset: 'after' });

  expect((await credentials.refresh()).value).not.toBe('');
  expect(emulator.requests.token).toBe(2);
});

test('They tell who asks where, and ask bare where they are asked through', async () => {
  const { client, credentials } = await aClient();

  expect(credentials.getCredentialInfo()).toEqual({
    source: client.tokenUri,
    type: 'client credentials',
    principal: client.clientId,
  });
  expect([credentials.tokenUri, credentials.scopes]).toEqual([client.tokenUri, undefined]);
  expect(await headersOf(credentials, client.tokenUri)).toEqual({});
});
