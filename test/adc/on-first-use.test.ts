import { expect, test, vi } from 'vitest';
import { UserCredentials } from 'credence';
import {
  credentialsFromFile,
  credentialsFromInfo,
  defaultCredentials,
  fetchIdToken,
  idTokenCredentials,
} from '../../src/adc/on-first-use.js';
import { ServiceAccountIdTokenCredentials } from '../../src/credentials/service-account/service-account-id-token.js';
import { bareMachine } from '../fixtures/adc.js';
import { claimsOf } from '../fixtures/service-account.js';
import { anEmulator } from '../fixtures/user.js';

const USER = { type: 'authorized_user', client_id: 'c', client_secret: 's', refresh_token: 'r' };
const AUDIENCE = 'https://service.example';

test('Default credentials are found as without it, with the same options', async () => {
  const { put } = await bareMachine();
  await put('application_default_credentials.json', USER);

  const { credentials } = await defaultCredentials({ quotaProjectId: 'quota' });

  expect(credentials).toBeInstanceOf(UserCredentials);
  expect(credentials.quotaProjectId).toBe('quota');
  await expect(defaultCredentials(7 as never)).rejects.toThrow('"options"');
});

test('Files and their contents are loaded as without it', async () => {
  const { put } = await bareMachine();
  const path = await put('user.json', USER);

  expect((await credentialsFromFile(path, { type: 'authorized_user' })).credentials.clientId).toBe('c');
  expect((await credentialsFromInfo(USER, { type: 'authorized_user' })).credentials.clientId).toBe('c');
  await expect(credentialsFromInfo(USER, { type: 'service_account' })).rejects.toMatchObject({ code: 'wrong_type' });
});

test('ID tokens are got as without it', async () => {
  await bareMachine();
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', (await (await anEmulator()).serviceAccount()).path);

  expect(await idTokenCredentials(AUDIENCE)).toBeInstanceOf(ServiceAccountIdTokenCredentials);
  expect(claimsOf(await fetchIdToken(AUDIENCE))['aud']).toBe(AUDIENCE);
});
