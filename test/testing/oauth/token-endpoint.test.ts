import { expect, test } from 'vitest';
import { anEmulator, ask, post } from '../emulator-client.js';

test('refuses a request without a grant type', async () => {
  const emulator = await anEmulator();

  const { status, json } = await post(emulator.tokenUri, { refresh_token: 'x' });

  expect(status).toBe(400);
  expect(json).toEqual({ error: 'invalid_request', error_description: 'Required parameter is missing: grant_type' });
});

test('refuses a grant that it does not know with unsupported_grant_type', async () => {
  const emulator = await anEmulator();

  const { status, json } = await post(emulator.tokenUri, { grant_type: 'password' });

  expect([status, json['error']]).toEqual([400, 'unsupported_grant_type']);
});

test('takes nothing but a form', async () => {
  const emulator = await anEmulator();

  const { status, json } = await ask(emulator.tokenUri, {
    method: 'POST',
    body: JSON.stringify({ grant_type: 'refresh_token' }),
    headers: { 'content-type': 'application/json' },
  });

  expect([status, json['error']]).toEqual([400, 'invalid_request']);
});

test('takes nothing but POST', async () => {
  const emulator = await anEmulator();

  const { status, headers } = await ask(emulator.tokenUri);

  expect([status, headers.get('allow')]).toEqual([405, 'POST']);
});
