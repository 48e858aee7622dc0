import { createPrivateKey } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { anEmulator } from '../emulator-client.js';
import { claimsOf, exchange, signedBy } from '../service-account-client.js';

test('writes a key file as Google does, which the owner alone may read', async () => {
  const emulator = await anEmulator();

  const { path, info, account } = await emulator.serviceAccount();

  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(info);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(info).toEqual({
    type: 'service_account',
    project_id: 'emulated-project',
    private_key_id: expect.stringMatching(/^[0-9a-f]{40}$/),
    private_key: expect.stringMatching(/^-----BEGIN PRIVATE KEY-----\n[^]+\n-----END PRIVATE KEY-----\n$/),
    client_email: 'robot-1@emulated-project.iam.gserviceaccount.com',
    client_id: account.uniqueId,
    auth_uri: expect.any(String),
    token_uri: emulator.tokenUri,
    auth_provider_x509_cert_url: emulator.certsUri,
    client_x509_cert_url: expect.stringContaining('/robot/v1/metadata/x509/robot-1%40emulated-project'),
    universe_domain: 'googleapis.com',
  });
  expect(createPrivateKey(info.private_key).asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 });
});

test('writes the fields that are asked for', async () => {
  const emulator = await anEmulator();

  const { info } = await emulator.serviceAccount({
    email: 'me@example.com',
    projectId: 'mine',
    tokenUri: 'http://127.0.0.2/token',
    quotaProjectId: 'quota',
    universeDomain: 'example.com',
  });

  expect(info).toMatchObject({
    client_email: 'me@example.com',
    project_id: 'mine',
    token_uri: 'http://127.0.0.2/token',
    quota_project_id: 'quota',
    universe_domain: 'example.com',
  });
});

test('registers a new account each time, with a key id of its own', async () => {
  const emulator = await anEmulator();

  const [one, other] = [await emulator.serviceAccount(), await emulator.serviceAccount()];

  expect(one.info.client_email).not.toBe(other.info.client_email);
  expect(one.info.private_key_id).not.toBe(other.info.private_key_id);
  expect(one.info.client_id).not.toBe(other.info.client_id);
  expect(one.path).not.toBe(other.path);
});

test('gives an account that is there already one more key, and both work', async () => {
  const emulator = await anEmulator();
  const one = await emulator.serviceAccount();

  const other = await emulator.serviceAccount({ email: one.account.email, ownKey: true });

  expect(other.info.client_id).toBe(one.info.client_id);
  expect(other.info.private_key).not.toBe(one.info.private_key);
  for (const { info } of [one, other]) {
    expect((await exchange(info, signedBy(info, claimsOf(info)))).status).toBe(200);
  }
});

test('RSA keys share one pair unless a key of its own is asked for', async () => {
  const emulator = await anEmulator();

  const [one, other, own] = await Promise.all([
    emulator.serviceAccount(),
    emulator.serviceAccount(),
    emulator.serviceAccount({ ownKey: true }),
  ]);

  expect(one.info.private_key).toBe(other.info.private_key);
  expect(own.info.private_key).not.toBe(one.info.private_key);
});

test('keys may be of an elliptic curve', async () => {
  const emulator = await anEmulator();

  const { info } = await emulator.serviceAccount({ algorithm: 'ES256' });

  expect(createPrivateKey(info.private_key).asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
});

test('gives out nothing that can be changed', async () => {
  const emulator = await anEmulator();

  const file = await emulator.serviceAccount();

  expect([file, file.info, file.account].every(Object.isFrozen)).toBe(true);
});

test('refuses wrong options with TypeErrors that name them', async () => {
  const emulator = await anEmulator();

  await expect(emulator.serviceAccount({ algorithm: 'HS256' as never })).rejects.toThrow(
    new TypeError(`"algorithm" must be one of 'RS256', 'ES256'`),
  );
  await expect(emulator.serviceAccount({ ownKey: 1 as never })).rejects.toThrow(/^"ownKey" must be/);
});
