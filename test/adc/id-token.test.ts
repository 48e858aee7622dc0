import { expect, test, vi } from 'vitest';
import { fetchIdToken, idTokenCredentials } from '../../src/adc/id-token.js';
import { MetadataIdTokenCredentials } from '../../src/credentials/metadata/metadata-id-token.js';
import { ServiceAccountIdTokenCredentials } from '../../src/credentials/service-account/service-account-id-token.js';
import { decodeJwt } from '../../src/jose/jwt.js';
import { bareMachine, onGoogleCloud } from '../fixtures/adc.js';
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
  onGoogleCloud(await emulator.metadata());
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
    message: expect.stringMatching(
      /^No credentials for ID tokens were found[^]*is not the key of a service account[^]*metadata server: NO_GCE_CHECK[^]*key file of a service account/,
    ) as unknown,
  });
});

test('F60 A file that is named and cannot be used ends the search, and says who named it', async () => {
  const { put } = await bareMachine();
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', await put('key.json', { type: 'service_account' }));

  await expect(idTokenCredentials(AUDIENCE)).rejects.toMatchObject({
    code: 'missing_fields',
    message: expect.stringContaining('(GOOGLE_APPLICATION_CREDENTIALS names it.)') as unknown,
  });
});

test('F55 A signal ends it', async () => {
  await bareMachine();

  await expect(fetchIdToken(AUDIENCE, { signal: AbortSignal.abort('gone') })).rejects.toBe('gone');
});

test.each(['', 7, undefined])('A wrong audience is a TypeError, whatever the machine has: %j', async (audience) => {
  await bareMachine();

  await expect(fetchIdToken(audience as string)).rejects.toThrow('"targetAudience"');
});
