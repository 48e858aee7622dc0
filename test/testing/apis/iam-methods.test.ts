import { X509Certificate, verify } from 'node:crypto';
import { Impersonated, OAuth2Client } from 'google-auth-library';
import { describe, expect, test } from 'vitest';
import type { EmulatedServiceAccount } from '../../../src/testing/accounts/emulated-service-account.js';
import type { EmulatedServiceAccountInfo } from '../../../src/testing/accounts/service-account.js';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import type { Emulator, EmulatorOptions } from '../../../src/testing/emulator.js';
import { readJwt } from '../../../src/testing/keys/jwt-reading.js';
import type { Reply } from '../emulator-client.js';
import { anEmulator, ask, callApi } from '../emulator-client.js';
import { SCOPE, exchange } from '../service-account-client.js';

interface Stage {
  readonly emulator: Emulator;
  readonly info: EmulatedServiceAccountInfo;
  readonly account: EmulatedServiceAccount;
  /** Calls a method for the account, as the account. */
  readonly call: (method: string, body: object) => Promise<Reply>;
}

async function aStage(options: EmulatorOptions = {}): Promise<Stage> {
  const emulator = await anEmulator(options);
  const { info, account } = await emulator.serviceAccount();
  const headers = { authorization: `Bearer ${account.mint().token}` };
  const call = (method: string, body: object): Promise<Reply> =>
    ask(`${emulator.iamUrl}/${account.email}:${method}`, { method: 'POST', body: JSON.stringify(body), headers });
  return { emulator, info, account, call };
}

async function certificateOf(
  { client_x509_cert_url }: EmulatedServiceAccountInfo,
  keyId: unknown,
): Promise<X509Certificate> {
  const { json } = await ask(client_x509_cert_url);
  return new X509Certificate(String(json[String(keyId)]));
}

describe('signBlob', () => {
  test('signs bytes with a key whose certificate is published', async () => {
    const { info, call } = await aStage();
    const bytes = Buffer.of(0, 255, 128, 10);

    const { json } = await call('signBlob', { payload: bytes.toString('base64') });

    const signature = Buffer.from(String(json['signedBlob']), 'base64');
    const { publicKey } = await certificateOf(info, json['keyId']);
    expect(verify('sha256', bytes, publicKey, signature)).toBe(true);
  });

  test('signs for an account that has no key file, or one of an elliptic curve', async () => {
    const { emulator, account } = await aStage();
    const server = await emulator.metadata();
    const { account: curved } = await emulator.serviceAccount({ algorithm: 'ES256' });
    const headers = { authorization: `Bearer ${account.mint().token}` };

    for (const { email } of [...server.accounts, curved]) {
      const { status, json } = await ask(`${emulator.iamUrl}/${email}:signBlob`, {
        method: 'POST',
        body: '{"payload":"YQ=="}',
        headers,
      });

      expect(status).toBe(200);
      expect(Buffer.from(String(json['signedBlob']), 'base64')).toHaveLength(256);
    }
  });

  test.each(['+//+AQ==', '-__-AQ==', '+//+AQ', '-__-AQ'])('signs the bytes that %s stands for', async (payload) => {
    const { info, call } = await aStage();

    const { json } = await call('signBlob', { payload });

    const signature = Buffer.from(String(json['signedBlob']), 'base64');
    const { publicKey } = await certificateOf(info, json['keyId']);
    expect(verify('sha256', Buffer.of(251, 255, 254, 1), publicKey, signature)).toBe(true);
  });

  test.each([{}, { payload: '' }, { payload: 7 }, { payload: '!!' }, { payload: 'YQ=' }])(
    '%j is refused',
    async (body) => {
      const { call } = await aStage();

      const { status, json } = await call('signBlob', body);

      const error = { code: 400, message: 'Request contains an invalid argument.', status: 'INVALID_ARGUMENT' };
      expect([status, json]).toEqual([400, { error }]);
    },
  );
});

describe('signJwt', () => {
  test('signs an assertion that the token endpoint takes', async () => {
    const { emulator, info, account, call } = await aStage();
    const iat = Math.floor(Date.now() / 1000);
    const claims = { iss: account.email, aud: emulator.tokenUri, scope: SCOPE, iat, exp: iat + 3600 };

    const { json } = await call('signJwt', { payload: JSON.stringify(claims) });

    const signed = String(json['signedJwt']);
    expect(readJwt(signed)?.header['kid']).toBe(json['keyId']);
    expect((await exchange(info, signed)).status).toBe(200);
  });

  test.each([
    ['no payload', {}, 400],
    ['no JSON', { payload: 'text' }, 400],
    ['no object', { payload: '[]' }, 400],
    ['an end within 12 hours', { payload: '{"exp":43200}' }, 200],
    ['an end further away', { payload: '{"exp":43201}' }, 400],
    ['an end that is text', { payload: '{"exp":"1"}' }, 400],
    ['no end', { payload: '{}' }, 200],
  ])('%s', async (_, body, expected) => {
    const { call } = await aStage({ clock: manualClock({ now: 0 }) });

    expect((await call('signJwt', body)).status).toBe(expected);
  });
});

describe('generateAccessToken', () => {
  test('gives a token of the account for as long as is asked, by the emulator’s clock', async () => {
    const clock = manualClock({ now: Date.UTC(2026, 0, 1, 0, 0, 0, 500) });
    const { emulator, account, call } = await aStage({ clock });

    const { json } = await call('generateAccessToken', { scope: [SCOPE], lifetime: '300s' });

    expect(json).toEqual({ accessToken: expect.any(String), expireTime: '2026-01-01T00:05:00Z' });
    expect((await callApi(emulator, json['accessToken'])).json['user']).toBe(account.email);
    await clock.advance(300_000);
    expect((await callApi(emulator, json['accessToken'])).status).toBe(401);
  });

  test('gives a token for as long as the settings say where nothing is asked', async () => {
    const clock = manualClock({ now: Date.UTC(2026, 0, 1) });
    const { call } = await aStage({ clock, accessTokenLifetimeMs: 60_000 });

    const { json } = await call('generateAccessToken', { scope: [SCOPE] });

    expect(json['expireTime']).toBe('2026-01-01T00:01:00Z');
  });

  test('names no end that is past for a token that lives for less than a second', async () => {
    const clock = manualClock({ now: Date.UTC(2026, 0, 1, 0, 0, 0, 100) });
    const { call } = await aStage({ clock, accessTokenLifetimeMs: 500 });

    const { json } = await call('generateAccessToken', { scope: [SCOPE] });

    expect(json['expireTime']).toBe('2026-01-01T00:00:01Z');
  });

  test.each([
    [{}],
    [{ scope: [] }],
    [{ scope: SCOPE }],
    [{ scope: [7] }],
    [{ scope: [SCOPE], lifetime: '3601s' }],
    [{ scope: [SCOPE], lifetime: '0s' }],
    [{ scope: [SCOPE], lifetime: 300 }],
    [{ scope: [SCOPE], lifetime: '5m' }],
  ])('%j is refused', async (body) => {
    const { call } = await aStage();

    expect((await call('generateAccessToken', body)).status).toBe(400);
  });
});

describe('generateIdToken', () => {
  test.each([
    [{}, undefined, 'uniqueId'],
    [{ includeEmail: true }, 'email', 'uniqueId'],
    [{ includeEmail: 'true', useEmailAzp: 'true' }, 'email', 'email'],
  ] as const)('gives an ID token of the account: %j', async (options, email, party) => {
    const { emulator, account, call } = await aStage();

    const { json } = await call('generateIdToken', { audience: 'https://service.example', ...options });

    expect(readJwt(String(json['token']))?.claims).toMatchObject({
      iss: emulator.url,
      aud: 'https://service.example',
      sub: account.uniqueId,
      azp: account[party],
      ...(email === undefined ? {} : { email: account[email], email_verified: true }),
    });
  });

  test('wants an audience', async () => {
    const { call } = await aStage();

    expect((await call('generateIdToken', {})).status).toBe(400);
  });
});

test('calls are counted by method, and fail by method', async () => {
  const { emulator, call } = await aStage();
  for (const method of ['signBlob', 'signJwt', 'generateIdToken', 'generateAccessToken'] as const) {
    emulator.faults.next(method, { status: 503 });
  }

  const replies = [
    await call('signBlob', {}),
    await call('signJwt', {}),
    await call('generateIdToken', {}),
    await call('generateAccessToken', {}),
  ];

  expect(replies.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
  expect(emulator.requests).toMatchObject({ signBlob: 1, signJwt: 1, generateIdToken: 1, generateAccessToken: 1 });
});

test('google-auth-library impersonates through the emulator', async () => {
  const emulator = await anEmulator();
  const { account: source } = await emulator.serviceAccount();
  const { account: target, info } = await emulator.serviceAccount({ tokenCreators: [source.email] });
  const sourceClient = new OAuth2Client();
  sourceClient.setCredentials({ access_token: source.mint().token });
  const client = new Impersonated({
    sourceClient,
    targetPrincipal: target.email,
    targetScopes: [SCOPE],
    lifetime: 600,
    endpoint: emulator.url,
  });

  const response = await client.request<{ user: string }>({ url: emulator.apiUrl });
  const idToken = await client.fetchIdToken('https://service.example', { includeEmail: true });
  const { keyId, signedBlob } = await client.sign('text');

  expect(response.data.user).toBe(target.email);
  expect(readJwt(idToken)?.claims['email']).toBe(target.email);
  const { publicKey } = await certificateOf(info, keyId);
  expect(verify('sha256', Buffer.from('text'), publicKey, Buffer.from(signedBlob, 'base64'))).toBe(true);
});
