import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { type AuthorizedUserInfo, type RefreshError, UserCredentials, type UserCredentialsOptions } from 'credence';
import { manualClock, type AuthorizedUser } from 'credence/testing';
import { headersOf } from '../../fixtures/scripted-credentials.js';
import { aUser, anEmulator, optionsOf } from '../../fixtures/user.js';

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

describe('one refresh token in several credentials', () => {
  it.each([
    ['two constructors', (user: AuthorizedUser) => new UserCredentials(optionsOf(user))],
    ['two infos', (user: AuthorizedUser) => UserCredentials.fromAuthorizedUserInfo(user.info)],
    ['a file loaded twice', (user: AuthorizedUser) => UserCredentials.fromAuthorizedUserFile(user.path)],
  ])('F28 F48 is spent by one of them at a time, always the newest: %s', async (_, make) => {
    const { emulator, user, ...authorized } = await aUser({ rotateRefreshTokens: true, latencyMs: 10 });
    const pair = [await make({ user, ...authorized }), await make({ user, ...authorized })];

    await Promise.all(pair.map((credentials) => credentials.refresh()));
    const late = await make({ user, ...authorized });
    await late.refresh();

    expect(user.revoked).toBe(false);
    expect(emulator.requests.token).toBe(3);
    expect(new Set([...pair, late].map(({ refreshToken }) => refreshToken))).toEqual(
      new Set([user.currentRefreshToken]),
    );
  });

  it('is revoked in all of them', async () => {
    const { credentials, ...authorized } = await aUser();
    const other = new UserCredentials(optionsOf(authorized));
    await Promise.all([credentials.refresh(), other.refresh()]);
    expect(other.tryApply({})).toBe(true);

    await credentials.revoke();

    expect(other.tryApply({})).toBe(false);
    await expect(headersOf(other)).rejects.toMatchObject({ code: 'revoked' });
  });

  it('F31 is saved by whoever saves it, whichever of them rotated it', async () => {
    const { path, user } = await aUser({ rotateRefreshTokens: true });
    const onTokens = vi.fn();
    const saving = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true, onTokens });
    const careless = await UserCredentials.fromAuthorizedUserFile(path);

    await careless.refresh();

    const saved = async (): Promise<unknown> =>
      (JSON.parse(await readFile(path, 'utf8')) as AuthorizedUserInfo).refresh_token;
    await expect.poll(saved).toBe(user.currentRefreshToken);
    expect(onTokens).toHaveBeenCalledOnce();
    expect(onTokens.mock.calls[0]).toEqual([
      expect.objectContaining({ refreshToken: saving.refreshToken }),
      { rotated: true },
    ]);
  });

  it('is not one with that of another client or another endpoint', async () => {
    const { info } = await aUser();
    const options = { refreshToken: 'the same', tokenUri: info.token_uri, clientId: 'one', clientSecret: 's' };
    const credentials = new UserCredentials(options);
    const others = [{ clientId: 'two' }, { tokenUri: 'https://oauth2.googleapis.com/token' }].map(
      (other) => new UserCredentials({ ...options, ...other }),
    );

    await credentials.revoke(() => Promise.resolve({ status: 200, headers: new Headers(), body: '' }));

    for (const other of others) expect(other.refreshToken).toBe('the same');
    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'revoked' });
    await expect(others[0]?.refresh()).rejects.not.toMatchObject({ code: 'revoked' });
  });
});

describe('a class that extends it', () => {
  class Tagged extends UserCredentials {
    readonly tag: string = 'tagged';

    constructor(options: UserCredentialsOptions, from?: Tagged, keepsToken?: boolean) {
      super(options, from, keepsToken);
      if (new.target === Tagged) Object.freeze(this);
    }

    protected override copy(options: Partial<UserCredentialsOptions>, keepsToken: boolean): this {
      return new Tagged({ ...this.options, ...options }, this, keepsToken) as this;
    }
  }

  it('is what its own loaders make', async () => {
    const { path, info } = await aUser();

    const made: Tagged[] = [await Tagged.fromAuthorizedUserFile(path), Tagged.fromAuthorizedUserInfo(info)];

    for (const tagged of made) {
      expect(tagged).toBeInstanceOf(Tagged);
      expect(Object.isFrozen(tagged)).toBe(true);
      expect((await tagged.refresh()).value).not.toBe('');
    }
  });

  it('makes copies of its own by the options of the original', async () => {
    const { info } = await aUser({ rotateRefreshTokens: true });
    const tagged = Tagged.fromAuthorizedUserInfo(info, undefined, { account: 'first' });

    const copies = [
      tagged.withQuotaProject('p'),
      tagged.withRefreshHandler(undefined),
      tagged.withTokenUri(info.token_uri),
    ];

    await tagged.refresh();
    for (const copy of copies) {
      expect(copy).toBeInstanceOf(Tagged);
      expect([copy.tag, copy.account, copy.clientId, copy.refreshToken]).toEqual([
        'tagged',
        'first',
        info.client_id,
        tagged.refreshToken,
      ]);
    }
    expect(copies.map((copy) => copy.token === tagged.token)).toEqual([true, true, false]);
  });

  it('may fork: another handler goes its own way from the current token', () => {
    const tagged = new Tagged({ token: 't' });

    expect(tagged.withRefreshHandler(() => Promise.reject(new Error('x'))).token).toBe('t');
  });

  it('is told where its copy forgets the original', () => {
    class Forgetful extends UserCredentials {
      protected override copy(options: Partial<UserCredentialsOptions>): this {
        return new Forgetful({ ...this.options, refreshToken: this.refreshToken, ...options }) as this;
      }
    }
    const forgetful = new Forgetful({ refreshToken: 'r' });

    expect(() => forgetful.withAccount('me')).toThrow(/copy\(\) of Forgetful must hand on "this"/);
    expect(forgetful.withTokenUri('https://oauth2.googleapis.com/token').refreshToken).toBe('r');
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
