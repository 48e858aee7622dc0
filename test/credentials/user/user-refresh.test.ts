import { describe, expect, it, vi } from 'vitest';
import { RefreshError, UserCredentials } from 'credence';
import { manualClock } from 'credence/testing';
import { headersOf } from '../../fixtures/scripted-credentials.js';
import { aUser, anEmulator } from '../../fixtures/user.js';

const DRIVE = 'https://www.googleapis.com/auth/drive';
const MAIL = 'https://mail.google.com/';

describe('the refresh-token grant', () => {
  it('mints a token that the API accepts, and knows when it ends', async () => {
    const clock = manualClock();
    const { emulator, credentials } = await aUser({ clock });

    const headers = await headersOf(credentials, emulator.apiUrl);

    expect((await fetch(emulator.apiUrl, { headers })).status).toBe(200);
    expect(credentials.expiry?.getTime()).toBe(clock.now() + 3_600_000);
    expect(emulator.requests.token).toBe(1);
  });

  it('sends the scopes, and the metrics header that Google counts by', async () => {
    const { emulator, credentials } = await aUser({ user: { scopes: [DRIVE] } });

    await credentials.refresh();

    const [record] = emulator.requests.log;
    expect(record?.headers['x-goog-api-client']).toMatch(/^gl-node\/\d+\.\d+\.\d+ auth\/\d+\.\d+\.\d+ cred-type\/u$/);
    expect(credentials.grantedScopes).toEqual([DRIVE]);
  });

  it('wart 9: is spent once for ten thousand concurrent callers', async () => {
    const { emulator, credentials } = await aUser({ latencyMs: 20 });

    await Promise.all(Array.from({ length: 10_000 }, () => headersOf(credentials, emulator.apiUrl)));

    expect(emulator.requests.token).toBe(1);
  });

  it('wart 10: a stale token outlives a dead endpoint', async () => {
    const clock = manualClock();
    const { emulator, credentials } = await aUser({ clock });
    await credentials.refresh();
    const before = credentials.token;
    await clock.advance(3_600_000 - 100_000);
    await emulator.outage(true);

    const headers = await headersOf(credentials, emulator.apiUrl);

    expect(headers['authorization']).toBe(`Bearer ${String(before)}`);
  });

  it.each([408, 429, 500, 502, 503, 504])('F2 wart 11: %s is tried again', async (status) => {
    const { emulator, credentials } = await aUser();
    emulator.faults.next('token', { status });

    await credentials.refresh();

    expect(emulator.requests.token).toBe(2);
  });

  it('wart 11: a connection refused by the network is tried again', async () => {
    const { emulator, credentials } = await aUser();
    await emulator.outage(true);
    const refreshing = credentials.refresh();

    await emulator.outage(false);

    expect((await refreshing).value).not.toBe('');
  });

  it.each([
    ['an array', []],
    ['a string', 'x'],
    ['null', null],
    ['an object without a token', {}],
    ['an empty token', { access_token: '' }],
    ['a token of another type', { access_token: 7 }],
  ])('F12 wart 13: %s with status 200 is a RefreshError, and nothing is kept', async (_what, json) => {
    const { emulator, credentials } = await aUser();
    emulator.faults.always('token', { json });

    const error: unknown = await credentials.refresh().catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(RefreshError);
    expect(credentials.token).toBeUndefined();
  });

  it('F10 a captive portal is an outcome unknown to a server that may rotate, and never a token', async () => {
    const { emulator, credentials } = await aUser();
    emulator.faults.next('token', { html: true });

    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'outcome_unknown', retryable: true });

    expect((await credentials.refresh()).value).not.toBe('');
  });

  it('F11 an error with status 200 is judged by its word', async () => {
    const { emulator, credentials } = await aUser();
    emulator.faults.next('token', { json: { error: 'invalid_grant' } });

    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'invalid_grant', oauthError: 'invalid_grant' });
  });

  it('F13 a 400 without an OAuth error condemns nothing', async () => {
    const { emulator, credentials } = await aUser();
    emulator.faults.next('token', { status: 400, body: '' });

    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'unexpected_response', retryable: true });

    expect((await credentials.refresh()).value).not.toBe('');
  });

  it('F14 a wrong client secret is the operator’s to repair, and says so', async () => {
    const { emulator, credentials } = await aUser({ credentials: { clientSecret: 'wrong-secret-value' } });

    const error: unknown = await credentials.refresh().catch((caught: unknown) => caught);

    expect(error).toMatchObject({
      code: 'request_refused',
      oauthError: 'invalid_client',
      retryable: false,
      status: 401,
    });
    expect((error as Error).message).toMatch(/client secret/);
    await expect(headersOf(credentials, emulator.apiUrl)).rejects.toMatchObject({ code: 'request_refused' });
    expect(emulator.requests.token).toBe(1);
  });

  it('F15 a redirect is never followed, and the refresh token goes nowhere else', async () => {
    const other = await anEmulator();
    const { emulator, credentials } = await aUser();
    emulator.faults.next('token', { redirect: other.tokenUri });

    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'redirected', status: 307 });

    expect(other.requests.connections).toBe(0);
  });

  it('F17 a token without a lifetime is given five minutes', async () => {
    const clock = manualClock();
    const { emulator, credentials } = await aUser({ clock });
    emulator.faults.next('token', { json: { access_token: 'x' } });

    await credentials.refresh();

    expect(credentials.expiry?.getTime()).toBe(clock.now() + 300_000);
  });

  it('F3 Retry-After is honoured: callers fail fast with the time, and nobody asks before', async () => {
    const clock = manualClock();
    const { emulator, credentials } = await aUser({ clock });
    emulator.faults.always('token', { status: 429, headers: { 'retry-after': '120' } });

    const error: unknown = await headersOf(credentials, emulator.apiUrl).catch((caught: unknown) => caught);

    expect(error).toMatchObject({ code: 'rate_limited', retryable: true });
    expect((error as RefreshError).nextAttemptAt).toBeGreaterThanOrEqual(clock.now() + 120_000);
    await clock.advance(119_000);
    await expect(headersOf(credentials, emulator.apiUrl)).rejects.toMatchObject({ code: 'rate_limited' });
    expect(emulator.requests.token).toBe(1);
  });

  it('a revoked token gives an error that says what to do, and is not asked for again', async () => {
    const { emulator, credentials, user } = await aUser();
    user.revoke();

    const error: unknown = await headersOf(credentials, emulator.apiUrl).catch((caught: unknown) => caught);

    expect(error).toMatchObject({ code: 'invalid_grant', retryable: false });
    expect((error as Error).message).toMatch(/sign in again.*gcloud auth application-default login/);
    await expect(headersOf(credentials, emulator.apiUrl)).rejects.toThrow();
    expect(emulator.requests.token).toBe(1);
  });

  it('reauthentication has an error of its own, and the RAPT token satisfies it', async () => {
    const { credentials, user, info, emulator } = await aUser();
    user.requireReauth(true);

    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'reauth_required', subtype: 'rapt_required' });

    const proven = UserCredentials.fromAuthorizedUserInfo({ ...info, rapt_token: user.raptToken });
    await proven.refresh();
    expect(proven.raptToken).toBe(user.raptToken);
    expect(emulator.requests.token).toBe(2);
  });

  it('brings an ID token where openid was granted', async () => {
    const { credentials } = await aUser({ user: { scopes: ['openid'] } });

    await credentials.refresh();

    expect(credentials.idToken?.split('.')).toHaveLength(3);
  });

  it('is refused outside the default universe without a request', async () => {
    const { emulator, credentials } = await aUser();

    await expect(credentials.withUniverseDomain('example.goog').refresh()).rejects.toMatchObject({
      code: 'universe_unsupported',
    });

    expect(emulator.requests.token).toBe(0);
  });

  it('names what is missing without a request', async () => {
    const credentials = new UserCredentials({ refreshToken: 'r', tokenUri: 'https://oauth2.googleapis.com/token' });

    await expect(credentials.refresh()).rejects.toThrow(/lack clientId, clientSecret/);
  });
});

describe('rotation', () => {
  it('takes over the new refresh token in every copy', async () => {
    const { credentials, user, info } = await aUser({ rotateRefreshTokens: true });
    const copy = credentials.withQuotaProject('p');
    const elsewhere = credentials.withTokenUri(info.token_uri);

    await credentials.refresh();
    await elsewhere.refresh();

    expect(new Set([credentials.refreshToken, copy.refreshToken, elsewhere.refreshToken])).toEqual(
      new Set([user.currentRefreshToken]),
    );
    expect(credentials.refreshToken).not.toBe(info.refresh_token);
  });

  it('F28 spends one refresh token at a time, whatever copies ask at once', async () => {
    const { credentials, info, emulator, user } = await aUser({ rotateRefreshTokens: true, latencyMs: 10 });
    const copies = Array.from({ length: 8 }, () => credentials.withTokenUri(info.token_uri));

    await Promise.all(copies.map((copy) => copy.refresh()));

    expect(emulator.requests.token).toBe(8);
    expect(user.revoked).toBe(false);
  });

  it.each([undefined, null, ''])('F21 keeps the old refresh token where the answer holds %s', async (refresh_token) => {
    const { emulator, credentials, info } = await aUser();
    emulator.faults.next('token', { json: { access_token: 'x', expires_in: 60, refresh_token } });

    await credentials.refresh();

    expect(credentials.refreshToken).toBe(info.refresh_token);
  });

  it.each([{ expires_in: 0 }, { access_token: 'a b' }, { token_type: 'DPoP' }, { access_token: '' }])(
    'is not lost with an access token that cannot be used: %j',
    async (flaw) => {
      const { emulator, credentials } = await aUser();
      const json = { access_token: 'x', expires_in: 60, refresh_token: 'the-next-one', ...flaw };
      emulator.faults.next('token', { json });

      await expect(credentials.refresh()).rejects.toThrow(RefreshError);

      expect(credentials.refreshToken).toBe('the-next-one');
    },
  );

  it('F8 F30 lost on its way is an unknown outcome, tried once more, and then named for what it is', async () => {
    const { emulator, credentials } = await aUser({ rotateRefreshTokens: true });
    emulator.faults.next('token', { reset: 'after' });

    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'outcome_unknown', retryable: true });

    expect(emulator.requests.token).toBe(1);
    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'invalid_grant', subtype: 'rotation_lost' });
  });

  it('F8 lost on its way is saved by a server with grace', async () => {
    const { emulator, credentials, user } = await aUser({ rotateRefreshTokens: true, rotationGraceMs: 60_000 });
    emulator.faults.next('token', { reset: 'after' });
    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'outcome_unknown' });

    await credentials.refresh();

    expect(credentials.refreshToken).toBe(user.currentRefreshToken);
  });

  it('F8 a reset is retried where the server is known not to rotate', async () => {
    const { emulator, credentials } = await aUser();
    await credentials.refresh();
    emulator.faults.next('token', { reset: 'after' });

    await credentials.refresh();

    expect(emulator.requests.token).toBe(3);
  });
});

describe('scopes', () => {
  it('wart 15: a plain string is split and never spread into letters', () => {
    const credentials = new UserCredentials({ scopes: 'cloud platform' });

    expect(credentials.scopes).toEqual(['cloud', 'platform']);
  });

  it('F22 narrower than asked for are kept as granted, and told to the warning hook', async () => {
    const onWarning = vi.fn();
    const { credentials } = await aUser({
      user: { scopes: [DRIVE, MAIL], grantedScopes: [DRIVE] },
      credentials: { onWarning },
    });

    await credentials.refresh();

    expect(credentials.scopes).toEqual([DRIVE, MAIL]);
    expect(credentials.grantedScopes).toEqual([DRIVE]);
    expect(credentials.hasScopes(DRIVE)).toBe(true);
    expect(credentials.hasScopes([DRIVE, MAIL])).toBe(false);
    expect(onWarning).toHaveBeenCalledWith(
      expect.objectContaining({ code: 'scopes_not_granted', missingScopes: [MAIL] }),
    );
  });

  it('F82 a warning hook that throws costs no token', async () => {
    const { credentials } = await aUser({
      user: { scopes: [DRIVE, MAIL], grantedScopes: [DRIVE] },
      credentials: {
        onWarning: () => {
          throw new Error('hook');
        },
      },
    });

    expect((await credentials.refresh()).value).not.toBe('');
  });

  it('before the first token are those asked for, then the default ones', () => {
    expect(new UserCredentials({ scopes: 'a' }).hasScopes('a')).toBe(true);
    expect(new UserCredentials({ defaultScopes: 'b' }).hasScopes('b')).toBe(true);
    expect(new UserCredentials({ scopes: [], defaultScopes: 'b' }).hasScopes('b')).toBe(false);
    expect(new UserCredentials({}).hasScopes([])).toBe(true);
    expect(new UserCredentials({}).requiresScopes).toBe(false);
  });
});
