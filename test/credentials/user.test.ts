import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { ConfigurationError, RefreshError, UserCredentials, type UserCredentialsOptions } from 'credence';
import { manualClock } from 'credence/testing';
import { aUser, anEmulator, optionsOf } from '../fixtures/user.js';
import { headersOf, turn } from '../fixtures/scripted-credentials.js';

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

    expect(error).toMatchObject({ code: 'request_refused', oauthError: 'invalid_client', retryable: false, status: 401 });
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

    await expect(credentials.withUniverseDomain('example.goog').refresh()).rejects.toMatchObject({ code: 'universe_unsupported' });

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

    expect(new Set([credentials.refreshToken, copy.refreshToken, elsewhere.refreshToken])).toEqual(new Set([user.currentRefreshToken]));
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
    expect(onWarning).toHaveBeenCalledWith(expect.objectContaining({ code: 'scopes_not_granted', missingScopes: [MAIL] }));
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

describe('a refresh handler', () => {
  const later = (): Date => new Date(Date.now() + 3_600_000);

  it('stands in where there is no refresh token, and is given the scopes and a request', async () => {
    const refreshHandler = vi.fn(() => Promise.resolve({ token: 'from-broker', expiry: later() }));
    const credentials = new UserCredentials({ refreshHandler, defaultScopes: 'a b' });

    expect(await headersOf(credentials)).toEqual({ authorization: 'Bearer from-broker' });

    expect(refreshHandler).toHaveBeenCalledWith(expect.any(Function), ['a', 'b']);
  });

  it('is never asked where there is a refresh token', async () => {
    const refreshHandler = vi.fn();
    const { credentials } = await aUser({ credentials: { refreshHandler } });

    await credentials.refresh();

    expect(refreshHandler).not.toHaveBeenCalled();
  });

  it('may reach its broker through the request it is given, retries included', async () => {
    const emulator = await anEmulator();
    const { user } = await emulator.authorizedUser();
    emulator.faults.next('api', { status: 503 });
    const credentials = new UserCredentials({
      refreshHandler: async (request) => {
        await request({ method: 'GET', url: emulator.apiUrl });
        return user.mint();
      },
    });

    await credentials.refresh();

    expect(emulator.requests.api).toBe(2);
  });

  it.each([
    ['nothing', undefined],
    ['no token', { expiry: new Date() }],
    ['a token with a line break', { token: 'a\nb', expiry: new Date(1e13) }],
    ['an expiry that is a number', { token: 'x', expiry: 5 }],
    ['an invalid date', { token: 'x', expiry: new Date(NaN) }],
  ])('F82 that returns %s is refused by its name', async (_what, result) => {
    const credentials = new UserCredentials({ refreshHandler: () => Promise.resolve(result as never) });

    await expect(credentials.refresh()).rejects.toMatchObject({
      code: 'handler_result_invalid',
      message: expect.stringContaining('refresh handler') as string,
    });
  });

  it('that returns a past expiry is refused', async () => {
    const credentials = new UserCredentials({ refreshHandler: () => Promise.resolve({ token: 'x', expiry: new Date(1) }) });

    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'token_already_expired' });
  });

  it('F82 that throws is wrapped with its cause, and asked again later', async () => {
    const cause = new Error('broker down');
    const credentials = new UserCredentials({ refreshHandler: () => Promise.reject(cause) });

    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'handler_failed', retryable: true, cause });
  });

  it('F82 that hangs is given up after thirty seconds', async () => {
    const clock = manualClock();
    const credentials = new UserCredentials({ clock, refreshHandler: () => new Promise(() => undefined) });
    const waiting = credentials.refresh().catch((caught: unknown) => caught);
    await turn();

    await clock.advance(30_000);

    expect(await waiting).toMatchObject({ code: 'timed_out' });
  });

  it('of a short life is served with a window of a quarter', async () => {
    const clock = manualClock();
    const credentials = new UserCredentials({
      clock,
      refreshHandler: () => Promise.resolve({ token: 'x', expiry: new Date(clock.now() + 60_000) }),
    });
    await credentials.refresh();

    await clock.advance(44_000);

    expect(credentials.tokenState).toBe('fresh');
  });
});

describe('copies', () => {
  const OPTIONS: UserCredentialsOptions = {
    token: 'tok',
    expiry: new Date('2040-01-01T00:00:00Z'),
    refreshToken: 'refresh',
    idToken: 'id',
    tokenUri: 'https://oauth2.googleapis.com/token',
    clientId: 'client',
    clientSecret: 'secret',
    scopes: ['a'],
    defaultScopes: ['b'],
    grantedScopes: ['a'],
    quotaProjectId: 'quota',
    raptToken: 'rapt',
    refreshHandler: () => Promise.resolve({ token: 'x', expiry: new Date('2040-01-01') }),
    enableReauthRefresh: true,
    account: 'me@example.com',
  };
  const shown = (credentials: UserCredentials): Record<string, unknown> => {
    const { token, expiry, refreshToken, idToken, tokenUri, clientId, clientSecret, scopes, defaultScopes } = credentials;
    const { grantedScopes, quotaProjectId, raptToken, refreshHandler, enableReauthRefresh, account, universeDomain } = credentials;
    const first = { token, expiry, refreshToken, idToken, tokenUri, clientId, clientSecret, scopes, defaultScopes };
    return { ...first, grantedScopes, quotaProjectId, raptToken, refreshHandler, enableReauthRefresh, account, universeDomain };
  };

  it.each([
    ['withQuotaProject', (c: UserCredentials) => c.withQuotaProject('other'), { quotaProjectId: 'other' }],
    ['withAccount', (c: UserCredentials) => c.withAccount('you@example.com'), { account: 'you@example.com' }],
    ['withRefreshHandler', (c: UserCredentials) => c.withRefreshHandler(undefined), { refreshHandler: undefined }],
    [
      'withTokenUri',
      (c: UserCredentials) => c.withTokenUri('https://sts.example.com/token'),
      { tokenUri: 'https://sts.example.com/token', token: undefined, expiry: undefined },
    ],
    [
      'withUniverseDomain',
      (c: UserCredentials) => c.withUniverseDomain('example.goog'),
      { universeDomain: 'example.goog', token: undefined, expiry: undefined },
    ],
  ])('warts 1 and 2: %s gives a new frozen object that keeps everything else', (_name, change, changed) => {
    const credentials = new UserCredentials(OPTIONS);
    const before = shown(credentials);

    const copy = change(credentials);

    expect(copy).not.toBe(credentials);
    expect(Object.isFrozen(copy)).toBe(true);
    expect(shown(copy)).toEqual({ ...before, ...changed });
    expect(shown(credentials)).toEqual(before);
  });

  it('withRefreshHandler goes its own way from the current token', async () => {
    const clock = manualClock();
    const handler = (token: string) => () => Promise.resolve({ token, expiry: new Date(clock.now() + 3_600_000) });
    const first = new UserCredentials({ clock, refreshHandler: handler('one') });
    await first.refresh();

    const second = first.withRefreshHandler(handler('two'));

    expect(second.token).toBe('one');
    await second.refresh();
    expect([first.token, second.token]).toEqual(['one', 'two']);
  });

  it('keep no array, date or object of the caller', () => {
    const scopes = ['a'];
    const expiry = new Date('2040-01-01T00:00:00Z');
    const credentials = new UserCredentials({ token: 't', expiry, scopes });

    scopes.push('b');
    expiry.setTime(0);

    expect(credentials.scopes).toEqual(['a']);
    expect(Object.isFrozen(credentials.scopes)).toBe(true);
    expect(credentials.expiry?.getTime()).toBe(Date.UTC(2040, 0, 1));
    credentials.expiry?.setTime(0);
    expect(credentials.expiry?.getTime()).toBe(Date.UTC(2040, 0, 1));
  });

  it('take deeply frozen options', () => {
    const options = Object.freeze({ scopes: Object.freeze(['a']), quotaProjectId: 'q' });

    expect(new UserCredentials(options).withAccount('x').scopes).toEqual(['a']);
  });
});

describe('wrong options', () => {
  it.each(['token', 'refreshToken', 'clientId', 'clientSecret', 'account', 'refreshHandler', 'onTokens', 'onWarning', 'scopes', 'expiry'])(
    '%s of the wrong type is a TypeError that names it and does not quote it',
    (name) => {
      expect(() => new UserCredentials({ [name]: 4711 as never })).toThrow(new RegExp(`"${name}`));
      expect(() => new UserCredentials({ [name]: 4711 as never })).not.toThrow(/4711/);
    },
  );

  it('F67 a token endpoint that must not get secrets is refused', () => {
    for (const tokenUri of ['http://example.com/token', 'https://169.254.169.254/token', 'ftp://x', 'nonsense', 'https://a:b@c/']) {
      expect(() => new UserCredentials({ tokenUri })).toThrow(ConfigurationError);
    }
  });
});

describe('saving and revoking', () => {
  it('onTokens is told once per mint, and awaited before anyone sees a rotated token', async () => {
    const order: string[] = [];
    const { emulator, credentials, user } = await aUser({
      rotateRefreshTokens: true,
      credentials: {
        onTokens: async (set, { rotated }) => {
          await turn();
          order.push(`saved ${String(rotated)} ${String(set.refreshToken === user.currentRefreshToken)}`);
        },
      },
    });

    await headersOf(credentials, emulator.apiUrl);
    order.push('served');

    expect(order).toEqual(['saved true true', 'served']);
  });

  it('F31 F82 an onTokens hook that fails costs no token, is tried again, and shows as unsaved meanwhile', async () => {
    const clock = manualClock();
    let fail = true;
    const onTokens = vi.fn(() => (fail ? Promise.reject(new Error('disk')) : Promise.resolve()));
    const { emulator, credentials } = await aUser({ clock, rotateRefreshTokens: true, credentials: { onTokens } });

    const headers = await headersOf(credentials, emulator.apiUrl);

    expect(headers['authorization']).toMatch(/^Bearer /);
    expect(credentials.unsaved).toBe(true);
    fail = false;
    await clock.advance(60_000);
    expect(credentials.unsaved).toBe(false);
    expect(onTokens.mock.calls.length).toBeGreaterThan(1);
  });

  it('F82 a silent onTokens hook is waited for ten seconds, not longer', async () => {
    const clock = manualClock();
    const { emulator, credentials } = await aUser({
      clock,
      rotateRefreshTokens: true,
      credentials: { onTokens: () => new Promise<void>(() => undefined) },
    });
    const waiting = headersOf(credentials, emulator.apiUrl);
    await vi.waitUntil(() => emulator.requests.log.length === 1);
    await vi.waitUntil(() => clock.pending >= 2);

    await clock.advance(10_000);

    expect((await waiting)['authorization']).toMatch(/^Bearer /);
    expect(credentials.unsaved).toBe(true);
  });

  it('revoke ends the grant at the server, for every copy, with an error of its own', async () => {
    const { emulator, credentials, user, info } = await aUser();
    await credentials.refresh();
    const copy = credentials.withQuotaProject('x');
    const elsewhere = credentials.withTokenUri(info.token_uri);

    await credentials.revoke();

    expect(user.revoked).toBe(true);
    for (const each of [credentials, copy, elsewhere]) {
      await expect(headersOf(each, emulator.apiUrl)).rejects.toMatchObject({ code: 'revoked' });
    }
  });

  it('revoke of a grant that is gone already succeeds, and one that the server refuses keeps the token', async () => {
    const { emulator, credentials, user } = await aUser();
    await credentials.refresh();
    emulator.faults.next('revoke', { status: 403, body: { error: 'access_denied' } });
    await expect(credentials.revoke()).rejects.toMatchObject({ code: 'request_refused' });
    expect(credentials.valid).toBe(true);

    user.revoke();

    await expect(credentials.revoke()).resolves.toBeUndefined();
  });

  it('F42 revoke waits for a refresh under way and revokes what that brought', async () => {
    const { credentials, user } = await aUser({ rotateRefreshTokens: true, latencyMs: 20 });
    const refreshing = credentials.refresh();
    await turn();

    await credentials.revoke();

    await refreshing;
    expect(user.revoked).toBe(true);
    expect(credentials.tokenState).toBe('invalid');
  });
});

describe('secrets', () => {
  it('F78 F79 never show, in objects or in errors, though the server echoes them', async () => {
    const { emulator, credentials, info } = await aUser();
    const secrets = [info.refresh_token, info.client_secret];
    emulator.faults.next('token', {
      status: 400,
      body: { error: 'invalid_grant', error_description: `bad token ${info.refresh_token} of ${info.client_secret}\u0000${'x'.repeat(1e5)}` },
    });

    const error: unknown = await credentials.refresh().catch((caught: unknown) => caught);

    const texts = [error, credentials, credentials.withQuotaProject('q'), { ...credentials }].flatMap((value) => [
      inspect(value, { depth: 20, showHidden: true }),
      JSON.stringify(value),
      String(value),
    ]);
    for (const text of texts) for (const secret of secrets) expect(text).not.toContain(secret);
    expect((error as RefreshError).message.length).toBeLessThan(700);
  });
});

it('the constructor options of a file and of a user agree', async () => {
  const emulator = await anEmulator();
  const authorized = await emulator.authorizedUser();

  const fromInfo = UserCredentials.fromAuthorizedUserInfo(authorized.info);

  expect(fromInfo.tokenUri).toBe(optionsOf(authorized).tokenUri);
  expect(fromInfo.refreshToken).toBe(optionsOf(authorized).refreshToken);
});
