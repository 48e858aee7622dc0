import { describe, expect, test } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { anEmulator, callApi, post } from '../emulator-client.js';
import { JWT_BEARER, SCOPE, claimsOf, exchange, googleJwtClient, signedBy } from '../service-account-client.js';

const SHORT_LIVED =
  'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. ' +
  'Check your iat and exp values in the JWT claim.';

test('an assertion is exchanged for an access token of the service account', async () => {
  const emulator = await anEmulator();
  const { info, account } = await emulator.serviceAccount();

  const { status, json } = await exchange(info, signedBy(info, claimsOf(info)));

  expect(status).toBe(200);
  expect(json).toEqual({
    access_token: expect.stringMatching(/^ya29\./),
    expires_in: expect.any(Number),
    token_type: 'Bearer',
  });
  expect((await callApi(emulator, json['access_token'])).json).toMatchObject({
    user: account.email,
    credential: 'access_token',
  });
  const { json: information } = await post(emulator.tokenInfoUri, { access_token: String(json['access_token']) });
  expect(information).toMatchObject({ scope: SCOPE, azp: account.uniqueId, expires_in: expect.any(String) });
});

test('the access token lives by the clock and the settings of the emulator', async () => {
  const clock = manualClock();
  const emulator = await anEmulator({ clock, accessTokenLifetimeMs: 60_000 });
  const { info } = await emulator.serviceAccount();
  const { json } = await exchange(info, signedBy(info, claimsOf(info, clock.now())));

  await clock.advance(60_000);

  expect(json['expires_in']).toBe(60);
  expect((await callApi(emulator, json['access_token'])).status).toBe(401);
});

test('an assertion with a target audience is exchanged for an ID token, and nothing else', async () => {
  const emulator = await anEmulator();
  const { info, account } = await emulator.serviceAccount();
  const claims = claimsOf(info, Date.now(), { scope: undefined, target_audience: 'https://service.example' });

  const { json } = await exchange(info, signedBy(info, claims));

  expect(Object.keys(json)).toEqual(['id_token']);
  expect(JSON.parse(Buffer.from(String(json['id_token']).split('.')[1]!, 'base64url').toString())).toMatchObject({
    iss: emulator.url,
    aud: 'https://service.example',
    azp: account.email,
    email: account.email,
    email_verified: true,
    sub: account.uniqueId,
  });
});

test('a key of an elliptic curve signs with ES256', async () => {
  const emulator = await anEmulator();
  const { info } = await emulator.serviceAccount({ algorithm: 'ES256' });

  const { status } = await exchange(info, signedBy(info, claimsOf(info), { alg: 'ES256' }));

  expect(status).toBe(200);
});

describe('what Google refuses is refused in Google’s words', () => {
  test.each([
    ['text that is no JWT', () => 'no.jwt', 'Invalid JWT'],
    ['an unknown issuer', { iss: 'nobody@example.com' }, 'Invalid grant: account not found'],
    ['no issuer', { iss: undefined }, 'Invalid grant: account not found'],
    ['a life of more than an hour', { exp: 3_601 }, SHORT_LIVED],
    ['an end before the beginning', { exp: -1 }, SHORT_LIVED],
    ['no end', { exp: undefined }, SHORT_LIVED],
    ['no beginning', { iat: undefined }, SHORT_LIVED],
    ['an end that is text', { exp: '3600' }, SHORT_LIVED],
  ])('%s', async (_, change, description) => {
    const clock = manualClock({ now: 0 });
    const emulator = await anEmulator({ clock });
    const { info } = await emulator.serviceAccount();
    const assertion = typeof change === 'function' ? change() : signedBy(info, claimsOf(info, clock.now(), change));

    const { status, json } = await exchange(info, assertion);

    expect(status).toBe(400);
    expect(json).toEqual({ error: 'invalid_grant', error_description: description });
  });

  test('another audience', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.serviceAccount();

    const { json } = await exchange(info, signedBy(info, claimsOf(info, Date.now(), { aud: 'https://example.com' })));

    expect(json['error']).toBe('invalid_grant');
    expect(json['error_description']).toBe(
      `Invalid JWT: Failed audience check. The right audience is ${emulator.tokenUri}`,
    );
  });

  test('neither a scope nor a target audience', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.serviceAccount();

    const { json } = await exchange(info, signedBy(info, claimsOf(info, Date.now(), { scope: '' })));

    expect(json['error']).toBe('invalid_scope');
  });

  test('a disabled account', async () => {
    const emulator = await anEmulator();
    const { info, account } = await emulator.serviceAccount();
    account.disable(true);

    const { json } = await exchange(info, signedBy(info, claimsOf(info)));

    expect(json).toEqual({ error: 'invalid_grant', error_description: 'Robot is disabled.' });
  });

  test('no assertion', async () => {
    const emulator = await anEmulator();

    const { json } = await post(emulator.tokenUri, { grant_type: JWT_BEARER });

    expect(json['error']).toBe('invalid_request');
  });
});

describe('a clock that is wrong', () => {
  test.each([
    ['by 5 minutes is put up with', 300_000, 200],
    ['by more is not', 301_000, 400],
    ['by 5 minutes less one second in the other direction is put up with', -3_600_000 - 299_000, 200],
    ['by more is not', -3_600_000 - 300_000, 400],
  ])('%s', async (_, offsetMs, expected) => {
    const clock = manualClock();
    const emulator = await anEmulator({ clock });
    const { info } = await emulator.serviceAccount();

    const { status } = await exchange(info, signedBy(info, claimsOf(info, clock.now() + offsetMs)));

    expect(status).toBe(expected);
  });
});

describe('the signature', () => {
  test.each([
    ['by another key under the id of the right one', 'other', {}],
    ['under the id of another account’s key', 'right', { kid: 'other' }],
    ['under an algorithm that is not the key’s', 'right', { alg: 'HS256' }],
    ['under no algorithm', 'right', { alg: 'none' }],
  ])('%s is refused', async (_, signer, header) => {
    const emulator = await anEmulator();
    const { info } = await emulator.serviceAccount();
    const { info: other } = await emulator.serviceAccount({ ownKey: true });
    const kid = 'kid' in header ? other.private_key_id : info.private_key_id;
    const private_key = signer === 'other' ? other.private_key : info.private_key;

    const { json } = await exchange(info, signedBy({ ...info, private_key }, claimsOf(info), { ...header, kid }));

    expect(json).toEqual({ error: 'invalid_grant', error_description: 'Invalid JWT Signature.' });
  });

  test('over other claims is refused', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.serviceAccount();
    const [header, , signature] = signedBy(info, claimsOf(info)).split('.');
    const claims = Buffer.from(JSON.stringify(claimsOf(info, Date.now(), { scope: 'more' }))).toString('base64url');

    const { json } = await exchange(info, `${header}.${claims}.${signature}`);

    expect(json['error_description']).toBe('Invalid JWT Signature.');
  });

  test('is tried with every key of the account where the header names none', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.serviceAccount();
    await emulator.serviceAccount({ email: info.client_email, ownKey: true });

    const { status } = await exchange(info, signedBy(info, claimsOf(info), { kid: undefined }));

    expect(status).toBe(200);
  });

  test('of a deleted key is refused, and that of another key of the account is not', async () => {
    const emulator = await anEmulator();
    const { info, account } = await emulator.serviceAccount();
    const { info: second } = await emulator.serviceAccount({ email: info.client_email });

    const deleted = account.deleteKey(info.private_key_id);

    expect(deleted).toBe(true);
    expect((await exchange(info, signedBy(info, claimsOf(info)))).status).toBe(400);
    expect((await exchange(second, signedBy(second, claimsOf(second)))).status).toBe(200);
  });
});

describe('domain-wide delegation', () => {
  test('gives a token of the user whom the account may act for', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.serviceAccount({ delegatedUsers: ['user@example.com'] });

    const { json } = await exchange(info, signedBy(info, claimsOf(info, Date.now(), { sub: 'user@example.com' })));

    expect((await callApi(emulator, json['access_token'])).json['user']).toBe('user@example.com');
  });

  test('is refused for everybody else', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.serviceAccount({ delegatedUsers: ['user@example.com'] });

    const { status, json } = await exchange(info, signedBy(info, claimsOf(info, Date.now(), { sub: 'x@example.com' })));

    expect([status, json['error']]).toEqual([401, 'unauthorized_client']);
  });

  test('needs no permission where the account acts for itself', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.serviceAccount();

    const { status } = await exchange(info, signedBy(info, claimsOf(info, Date.now(), { sub: info.client_email })));

    expect(status).toBe(200);
  });
});

describe('google-auth-library', () => {
  test('gets an access token once the emulator takes assertions to Google, and calls the API', async () => {
    const emulator = await anEmulator({ acceptGoogleAudience: true });
    const { info, account } = await emulator.serviceAccount();
    const client = googleJwtClient(info);

    const response = await client.request<{ user: string }>({ url: `${emulator.apiUrl}/things` });

    expect(response.data.user).toBe(account.email);
    expect(emulator.requests.log[0]).toMatchObject({ endpoint: 'token', grantType: JWT_BEARER });
  });

  test('is told the right audience where the emulator takes assertions to itself alone', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.serviceAccount();

    await expect(googleJwtClient(info).authorize()).rejects.toThrow(
      `invalid_grant: Invalid JWT: Failed audience check. The right audience is ${emulator.tokenUri}`,
    );
  });

  test('acts for a user, and gets ID tokens', async () => {
    const emulator = await anEmulator({ acceptGoogleAudience: true });
    const { info } = await emulator.serviceAccount({ delegatedUsers: ['user@example.com'] });

    const { access_token } = await googleJwtClient(info, { scopes: [SCOPE], subject: 'user@example.com' }).authorize();
    const idToken = await googleJwtClient(info).fetchIdToken('https://service.example');

    expect((await callApi(emulator, access_token)).json['user']).toBe('user@example.com');
    expect(idToken.split('.')).toHaveLength(3);
  });
});
