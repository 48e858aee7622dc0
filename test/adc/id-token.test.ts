import { expect, test, vi } from 'vitest';
import { fetchIdToken, idTokenCredentials } from '../../src/adc/id-token.js';
import { MetadataIdTokenCredentials } from '../../src/credentials/metadata-id-token.js';
import { ServiceAccountIdTokenCredentials } from '../../src/credentials/service-account-id-token.js';
import { decodeJwt } from '../../src/jose/jwt.js';
import { bareMachine } from '../fixtures/adc.js';
import { anEmulator } from '../fixtures/user.js';

const AUDIENCE = 'https://service.example';

test('The service account that the environment names gets the token', async () => {
  await bareMachine();
  const account = await (await anEmulator()).serviceAccount();
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', account.path);

  const token = await fetchIdToken(AUDIENCE);

  expect(decodeJwt(token).payload).toMatchObject({ aud: AUDIENCE, email: account.info.client_email });
  expect(await idTokenCredentials(AUDIENCE)).toBeInstanceOf(ServiceAccountIdTokenCredentials);
});

test('Else the machine does, also where the environment names a user', async () => {
  await bareMachine();
  const emulator = await anEmulator();
  const { env } = await emulator.metadata();
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.stubEnv('NO_GCE_CHECK', undefined);
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', (await emulator.authorizedUser()).path);

  const credentials = await idTokenCredentials(AUDIENCE);

  expect(credentials).toBeInstanceOf(MetadataIdTokenCredentials);
  expect(decodeJwt((await credentials.refresh()).value).payload).toMatchObject({ aud: AUDIENCE });
});

test('Without either the error lists where was looked', async () => {
  await bareMachine();
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', (await (await anEmulator()).authorizedUser()).path);

  await expect(fetchIdToken(AUDIENCE)).rejects.toMatchObject({
    code: 'no_credentials',
    message: expect.stringMatching(/is not the key of a service account[^]*metadata server: NO_GCE_CHECK/) as unknown,
  });
});

test('A wrong audience is a TypeError', async () => {
  await bareMachine();
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', (await (await anEmulator()).serviceAccount()).path);

  await expect(fetchIdToken('')).rejects.toThrow('"targetAudience"');
});
