import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type RefreshError, UserCredentials, type UserCredentialsOptions } from 'credence';
import { manualClock } from 'credence/testing';
import { aUser, anEmulator, optionsOf } from '../fixtures/user.js';

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
    const { token, expiry, refreshToken, idToken, tokenUri, clientId, clientSecret, scopes, defaultScopes } =
      credentials;
    const { grantedScopes, quotaProjectId, raptToken, refreshHandler, enableReauthRefresh, account, universeDomain } =
      credentials;
    const first = { token, expiry, refreshToken, idToken, tokenUri, clientId, clientSecret, scopes, defaultScopes };
    return {
      ...first,
      grantedScopes,
      quotaProjectId,
      raptToken,
      refreshHandler,
      enableReauthRefresh,
      account,
      universeDomain,
    };
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

describe('secrets', () => {
  it('wart 20: are told to no observer, nor is any header', async () => {
    const messages: unknown[] = [];
    const note = (message: unknown): void => {
      messages.push(message);
    };
    const names = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'].map(
      (event) => `tracing:credence:refresh:${event}`,
    );
    const channels = [...names, 'credence:mint', 'credence:notice'];
    for (const channel of channels) subscribe(channel, note);
    const { emulator, credentials, user, info } = await aUser({
      rotateRefreshTokens: true,
      user: { scopes: ['openid'] },
    });

    await credentials.refresh();
    emulator.faults.next('token', {
      status: 400,
      body: { error: 'invalid_grant', error_description: info.client_secret },
    });
    await credentials.refresh().catch(() => undefined);

    for (const channel of channels) unsubscribe(channel, note);
    const told = messages.map((message) => inspect(message, { depth: 20, showHidden: true })).join();
    const secrets = [
      info.refresh_token,
      info.client_secret,
      credentials.token,
      credentials.idToken,
      user.currentRefreshToken,
    ];
    expect(told).toContain("kind: 'UserCredentials'");
    expect(told).toContain("outcome: 'failed'");
    for (const secret of [...secrets, 'Bearer']) expect(told).not.toContain(secret);
  });

  it('F78 F79 never show, in objects or in errors, though the server echoes them', async () => {
    const { emulator, credentials, info } = await aUser();
    const secrets = [info.refresh_token, info.client_secret];
    emulator.faults.next('token', {
      status: 400,
      body: {
        error: 'invalid_grant',
        error_description: `bad token ${info.refresh_token} of ${info.client_secret}\u0000${'x'.repeat(1e5)}`,
      },
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
