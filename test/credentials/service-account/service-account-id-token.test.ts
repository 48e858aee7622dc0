import { describe, expect, test } from 'vitest';
import { manualClock } from 'credence/testing';
import { ServiceAccountIdTokenCredentials } from '../../../src/credentials/service-account/service-account-id-token.js';
import { headersOf } from '../../fixtures/scripted-credentials.js';
import { aKey, anInfo, claimsOf, countedSigner, EMAIL } from '../../fixtures/service-account.js';
import { anEmulator } from '../../fixtures/user.js';
import { googleJwtClient } from '../../testing/service-account-client.js';

const TARGET = 'https://service.example';

async function anAccount(options: object = {}, settings: object = {}) {
  const emulator = await anEmulator(settings);
  const file = await emulator.serviceAccount({ quotaProjectId: 'quota' });
  const load = { targetAudience: TARGET, ...options };
  return { emulator, ...file, credentials: ServiceAccountIdTokenCredentials.fromServiceAccountInfo(file.info, load) };
}

describe('The ID token', () => {
  test('is asked for once, and is the bearer token', async () => {
    const { emulator, credentials, info } = await anAccount();

    const all = await Promise.all([headersOf(credentials), headersOf(credentials)]);

    expect(all[0]).toEqual(all[1]);
    expect(emulator.requests.token).toBe(1);
    expect(claimsOf(all[0]['authorization'])).toMatchObject({ aud: TARGET, email: info.client_email });
  });

  test('says what google-auth-library’s says', async () => {
    const { credentials, info } = await anAccount({}, { acceptGoogleAudience: true });

    const ours = claimsOf((await credentials.refresh()).value);
    const theirs = claimsOf(await googleJwtClient(info, {}).fetchIdToken(TARGET));

    expect({ ...ours, iat: 0, exp: 0 }).toEqual({ ...theirs, iat: 0, exp: 0 });
  });

  test('ends when it says itself', async () => {
    const clock = manualClock();
    const { emulator, credentials } = await anAccount({ clock }, { clock });
    const first = await headersOf(credentials);
    expect(credentials.expiry?.getTime()).toBe(clock.now() + 3_600_000);
    await clock.advance(3_600_000);

    expect(await headersOf(credentials)).not.toEqual(first);
    expect(emulator.requests.token).toBe(2);
  });

  test('a deleted key is a refusal', async () => {
    const { credentials, account, info } = await anAccount();
    account.deleteKey(info.private_key_id);

    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'invalid_grant' });
  });
});

describe('Copies', () => {
  test('for another audience keep everything else, and have no token yet', async () => {
    const { credentials } = await anAccount();
    await credentials.refresh();

    const copy = credentials.withTargetAudience('https://other.example');

    expect([copy.token, copy.quotaProjectId, copy.signer]).toEqual([undefined, 'quota', credentials.signer]);
    expect(claimsOf((await copy.refresh()).value)['aud']).toBe('https://other.example');
    expect(credentials.targetAudience).toBe(TARGET);
  });

  test('that ask another endpoint have no token yet; those with another quota project share it', async () => {
    const { credentials } = await anAccount();
    await credentials.refresh();

    const copy = credentials.withTokenUri('https://as.example.com/token');

    expect([copy.token, copy.tokenUri]).toEqual([undefined, 'https://as.example.com/token']);
    expect(credentials.withQuotaProject('other').token).toBe(credentials.token);
  });
});

describe('Factories', () => {
  test('read a key file', async () => {
    const { path, info } = await anAccount();

    const credentials = await ServiceAccountIdTokenCredentials.fromServiceAccountFile(path, { targetAudience: TARGET });

    expect(credentials.getCredentialInfo()).toEqual({
      source: path,
      type: 'service account ID tokens',
      principal: info.client_email,
    });
    expect([credentials.serviceAccountEmail, credentials.quotaProjectId]).toEqual([info.client_email, 'quota']);
  });

  test('make the class that they are called on', () => {
    class Own extends ServiceAccountIdTokenCredentials {}

    expect(Own.fromServiceAccountInfo(anInfo(), { targetAudience: TARGET })).toBeInstanceOf(Own);
  });

  test.each([undefined, {}, { targetAudience: '' }, { targetAudience: 7 }])(
    'refuse to guess the audience: %j',
    async (options) => {
      const load = options as never;

      expect(() => ServiceAccountIdTokenCredentials.fromServiceAccountInfo(anInfo(), load)).toThrow(TypeError);
      await expect(ServiceAccountIdTokenCredentials.fromServiceAccountFile('key.json', load)).rejects.toThrow(
        TypeError,
      );
    },
  );
});

test.each([
  [{ signer: 'PEM' }, '"signer"'],
  [{ targetAudience: '' }, '"targetAudience"'],
  [{ targetAudience: undefined }, '"targetAudience"'],
  [{ assertionAudience: 7 }, '"assertionAudience"'],
])('A wrong option is a TypeError that names it: %j', (wrong, name) => {
  const options = { ...aKey(), targetAudience: TARGET, ...wrong } as never;

  expect(() => new ServiceAccountIdTokenCredentials(options)).toThrow(name);
});

test('They can sign other things too', async () => {
  const credentials = new ServiceAccountIdTokenCredentials({
    ...aKey({ signer: countedSigner() }),
    targetAudience: TARGET,
  });

  expect(Buffer.from(await credentials.signBytes('text')).toString()).toBe('the-signature-1');
  expect(credentials.signerEmail).toBe(EMAIL);
});
