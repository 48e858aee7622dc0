import { existsSync, rmSync } from 'node:fs';
import { chmod, link, mkdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import {
  AccessToken,
  fetchTransport,
  RefreshError,
  systemClock,
  TokenSet,
  UserCredentials,
  type AuthorizedUserFileOptions,
  type AuthorizedUserInfo,
  type Clock,
  type Transport,
} from 'credence';
import { manualClock } from 'credence/testing';
import { AuthorizedUserFile } from '../../../src/credentials/user/authorized-user-file.js';
import { codeOf } from '../../../src/tokens/events.js';
import { adopt } from '../../../src/tokens/grant-spending.js';
import { Grant } from '../../../src/tokens/grant.js';
import { lockLeft } from '../../fixtures/lock-left.js';
import { headersOf } from '../../fixtures/scripted-credentials.js';
import { sleptClock } from '../../fixtures/slept-clock.js';
import { aUser, elsewhere } from '../../fixtures/user.js';
import { outputOf, processes } from '../../host/holder.js';

const read = async (path: string): Promise<AuthorizedUserInfo & Record<string, unknown>> =>
  JSON.parse(await readFile(path, 'utf8')) as AuthorizedUserInfo & Record<string, unknown>;

const tokensWith = (refreshToken: string): TokenSet =>
  new TokenSet({ accessToken: new AccessToken('a'), refreshToken });

const edit = async (path: string, fields: AuthorizedUserInfo): Promise<void> =>
  writeFile(path, JSON.stringify({ ...(await read(path)), ...fields }));

/** A server that answers each token request in the same way, and what it was sent. */
function answering(status: number, body: object): { transport: Transport; sent: string[] } {
  const sent: string[] = [];
  const transport: Transport = ({ url, body: form }) => {
    sent.push(`${url} ${String(form)}`);
    return Promise.resolve({ status, headers: new Headers(), body: JSON.stringify(body) });
  };
  return { transport, sent };
}

const children = processes();

describe('loading', () => {
  it('takes a path or a file URL, and says where the credentials came from', async () => {
    const { path } = await aUser({ user: { account: 'me@example.com' } });

    const byPath = await UserCredentials.fromAuthorizedUserFile(path);
    const byUrl = await UserCredentials.fromAuthorizedUserFile(pathToFileURL(path));

    expect(byPath.getCredentialInfo()).toEqual({ source: path, type: 'user credentials', principal: 'me@example.com' });
    expect(byUrl.getCredentialInfo()?.source).toBe(path);
    expect(byPath.withQuotaProject('x').getCredentialInfo()).toEqual(byPath.getCredentialInfo());
  });

  it('uses a token that is still valid in the file with no request at all', async () => {
    const { path, emulator } = await aUser({ user: { withToken: true } });
    const credentials = await UserCredentials.fromAuthorizedUserFile(path);

    const headers = await headersOf(credentials, emulator.apiUrl);

    expect((await fetch(emulator.apiUrl, { headers })).status).toBe(200);
    expect(emulator.requests.token).toBe(0);
  });

  it.each([
    ['a missing file', 'file_not_found', (path: string) => rm(path)],
    ['a file that is no JSON', 'invalid_json', (path: string) => writeFile(path, '{"type": "authorized_user", ')],
    ['an empty file', 'invalid_json', (path: string) => writeFile(path, '')],
    ['an array', 'invalid_json', (path: string) => writeFile(path, '[]')],
    ['a lone type', 'missing_fields', (path: string) => writeFile(path, '{"type": "authorized_user"}')],
    ['another type', 'wrong_type', (path: string) => writeFile(path, '{"type": "service_account"}')],
  ])('%s gives the code %s and the path', async (_what, code, spoil) => {
    const { path } = await aUser();
    await spoil(path);

    const loading = UserCredentials.fromAuthorizedUserFile(path);

    await expect(loading).rejects.toMatchObject({ code, message: expect.stringContaining(path) as string });
  });

  it('F61 follows a symlink to a regular file, and refuses a directory', async () => {
    const { path } = await aUser();
    await symlink(path, `${path}.link`);

    expect((await UserCredentials.fromAuthorizedUserFile(`${path}.link`)).refreshToken).toBe(
      (await read(path)).refresh_token,
    );

    await expect(UserCredentials.fromAuthorizedUserFile(dirname(path))).rejects.toMatchObject({
      name: 'ConfigurationError',
    });
  });

  it.each([undefined, 5, '', new URL('https://example.com/x')])('refuses the path %s by its name', async (path) => {
    await expect(UserCredentials.fromAuthorizedUserFile(path as never)).rejects.toThrow(/"path" must be/);
  });
});

describe('saving', () => {
  it('is off by default: the file stays as it is', async () => {
    const { path } = await aUser({ rotateRefreshTokens: true });
    const before = await readFile(path, 'utf8');

    await (await UserCredentials.fromAuthorizedUserFile(path)).refresh();

    expect(await readFile(path, 'utf8')).toBe(before);
  });

  it('writes a rotated refresh token before callers get their token, keeps unknown keys, and closes the file to others', async () => {
    const { path, emulator, user } = await aUser({ rotateRefreshTokens: true });
    await writeFile(path, JSON.stringify({ ...(await read(path)), custom: { kept: true } }));
    const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true });

    await headersOf(credentials, emulator.apiUrl);

    const saved = await read(path);
    expect(saved).toMatchObject({
      refresh_token: user.currentRefreshToken,
      token: credentials.token,
      custom: { kept: true },
    });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const next = await UserCredentials.fromAuthorizedUserFile(path);
    expect(next.tokenState).toBe('fresh');
  });

  it('F29 two objects on one file spend no refresh token twice', async () => {
    const { path, emulator, user } = await aUser({ rotateRefreshTokens: true, latencyMs: 20 });
    const load = (): Promise<UserCredentials> =>
      UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true });
    const [first, second] = await Promise.all([load(), load()]);

    const [one, two] = await Promise.all([headersOf(first, emulator.apiUrl), headersOf(second, emulator.apiUrl)]);

    expect(user.revoked).toBe(false);
    expect(one).toEqual(two);
    expect(emulator.requests.token).toBe(1);
    expect(first.refreshToken).toBe(second.refreshToken);
  });

  it('F39 adopts a refresh token that somebody without a lock has rotated meanwhile', async () => {
    const { path, credentials: careless, user } = await aUser({ rotateRefreshTokens: true, credentials: elsewhere() });
    const careful = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true });
    await careless.refresh();
    await writeFile(path, JSON.stringify({ ...(await read(path)), refresh_token: careless.refreshToken }));

    await careful.refresh();

    expect(user.revoked).toBe(false);
    expect(careful.refreshToken).toBe(user.currentRefreshToken);
  });

  it('F39 without save, too, adopts what another process has rotated, once its own refresh token is refused', async () => {
    const rotating = { rotateRefreshTokens: true, rotationGraceMs: 60_000 };
    const { path, user, emulator, credentials: other } = await aUser({ ...rotating, credentials: elsewhere() });
    const reader = await UserCredentials.fromAuthorizedUserFile(path);
    await other.refresh();
    await writeFile(path, JSON.stringify({ ...(await read(path)), refresh_token: other.refreshToken }));
    emulator.faults.next('token', { status: 400, body: { error: 'invalid_grant' } });

    await reader.refresh();

    expect(reader.refreshToken).toBe(user.currentRefreshToken);
    expect(await read(path)).toMatchObject({ refresh_token: other.refreshToken });
  });

  it('F39 without save reports a refusal as it is where the file holds nothing newer', async () => {
    const { path, emulator } = await aUser({ rotateRefreshTokens: true });
    const reader = await UserCredentials.fromAuthorizedUserFile(path);
    emulator.faults.always('token', { status: 400, body: { error: 'invalid_grant' } });

    await expect(reader.refresh()).rejects.toMatchObject({ code: 'invalid_grant' });

    expect(emulator.requests.token).toBe(1);
  });

  it('F41 leaves a file alone in which the user has signed in anew during the refresh', async () => {
    const { path, emulator } = await aUser({ rotateRefreshTokens: true });
    const transport: Transport = async (request) => {
      const answer = await fetchTransport()(request);
      await edit(path, { refresh_token: 'signed-in-anew' });
      return answer;
    };
    const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true, transport });

    await credentials.refresh();

    expect(emulator.requests.token).toBe(1);
    expect((await read(path)).refresh_token).toBe('signed-in-anew');
  });

  it('F59 F31 a save that fails costs no token, leaves the old file whole, and is made up for', async () => {
    const clock = manualClock();
    const { path, emulator, user } = await aUser({ clock, rotateRefreshTokens: true });
    const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true, clock });
    const before = await readFile(path, 'utf8');
    await link(path, `${path}.second-name`);

    const headers = await headersOf(credentials, emulator.apiUrl);

    expect((await fetch(emulator.apiUrl, { headers })).status).toBe(200);
    expect(await readFile(path, 'utf8')).toBe(before);
    expect(credentials.unsaved).toBe(true);
    await rm(`${path}.second-name`);
    await clock.advance(60_000);
    await expect.poll(() => credentials.unsaved).toBe(false);
    expect((await read(path)).refresh_token).toBe(user.currentRefreshToken);
  });

  it.each([
    ['is gone', (path: string) => rm(path)],
    ['was cut short', (path: string) => writeFile(path, '{"type": "auth')],
  ])('F60 a file that %s meanwhile costs no token, and is not written over', async (_what, spoil) => {
    const { path, emulator } = await aUser({ rotateRefreshTokens: true });
    const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true });
    await spoil(path);
    const before = await readFile(path, 'utf8').catch(() => 'gone');

    const headers = await headersOf(credentials, emulator.apiUrl);

    expect((await fetch(emulator.apiUrl, { headers })).status).toBe(200);
    expect(credentials.unsaved).toBe(true);
    expect(await readFile(path, 'utf8').catch(() => 'gone')).toBe(before);
  });

  it('costs no token where the folder takes no lock', async () => {
    const { path, emulator } = await aUser({ rotateRefreshTokens: true });
    const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true });
    await rename(dirname(path), `${dirname(path)}-moved`);

    const headers = await headersOf(credentials, emulator.apiUrl);

    expect(headers['authorization']).toMatch(/^Bearer /);
    expect(credentials.unsaved).toBe(true);
    await rename(`${dirname(path)}-moved`, dirname(path));
  });

  it('F61 F62 writes into no directory that others may write into', async () => {
    const { path, emulator } = await aUser({ rotateRefreshTokens: true });
    const shared = join(dirname(path), 'shared');
    await mkdir(shared);
    await chmod(shared, 0o777);
    const copy = join(shared, 'user.json');
    await writeFile(copy, await readFile(path));
    const credentials = await UserCredentials.fromAuthorizedUserFile(copy, undefined, { save: true });

    await headersOf(credentials, emulator.apiUrl);

    expect(credentials.unsaved).toBe(true);
    expect(await readFile(copy, 'utf8')).toBe(await readFile(path, 'utf8'));
  });

  it('F29 F63 sends nothing while a process that was stopped holds the lock, and goes on when that does', async () => {
    const clock = sleptClock();
    const { path, emulator } = await aUser({ rotateRefreshTokens: true });
    const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true, clock });
    const holder = await children.startHolder(path);
    holder.kill('SIGSTOP');

    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'source_failed', retryable: true });

    expect(emulator.requests.token).toBe(0);
    holder.kill('SIGCONT');
    holder.stdin?.end('done\n');
    await outputOf(holder);
    await credentials.refresh();
    expect(emulator.requests.token).toBe(1);
  });

  it('F54 does not wait for the lock where nobody waits for the refresh', async () => {
    const { path, info } = await aUser();
    await lockLeft(path);
    const clock = sleptClock();
    const file = new AuthorizedUserFile(path, { save: true }, clock);
    const refresh = vi.fn(() => Promise.resolve(tokensWith('newer')));

    const spending = file.spending(new Grant(info.refresh_token), refresh, { awaited: () => false });

    await expect(spending).rejects.toMatchObject({ code: 'source_failed', retryable: true });
    expect(refresh).not.toHaveBeenCalled();
    expect(clock.slept()).toBe(0);
  });

  it('F57 submits nothing where its lock was lost before', async () => {
    const { path, info } = await aUser();
    // Each look at the clock, the last one right before the refresh token is sent, takes the lock away.
    const clock: Clock = {
      ...systemClock,
      now: () => {
        rmSync(`${path}.lock`, { recursive: true, force: true });
        return Date.now();
      },
    };
    const file = new AuthorizedUserFile(path, { save: true }, clock);
    await file.load();
    const refresh = vi.fn(() => Promise.resolve(tokensWith('newer')));

    const spending = file.spending(new Grant(info.refresh_token), refresh);

    await expect(spending).rejects.toMatchObject({ code: 'source_failed', retryable: true });
    expect(refresh).not.toHaveBeenCalled();
  });

  it('F39 F57 does not submit an adopted refresh token either where the lock was lost', async () => {
    const { path, info } = await aUser();
    const file = new AuthorizedUserFile(path, { save: true }, systemClock);
    await file.load();
    const grant = new Grant(info.refresh_token);
    const refresh = vi.fn(async () => {
      await rm(`${path}.lock`, { recursive: true });
      await writeFile(path, JSON.stringify({ ...info, refresh_token: 'newer' }));
      throw new RefreshError('invalid_grant', 'refused');
    });

    await expect(file.spending(grant, refresh)).rejects.toMatchObject({ code: 'source_failed', retryable: true });

    expect(refresh).toHaveBeenCalledTimes(1);
    expect(grant.refreshToken).toBe('newer');
  });

  it('F57 saves only under a new lock what came while its lock was lost', async () => {
    const { path, info } = await aUser();
    const file = new AuthorizedUserFile(path, { save: true }, systemClock);
    await file.load();
    const grant = new Grant(info.refresh_token);
    const seen: unknown[] = [];

    await file.spending(grant, async () => {
      await rm(`${path}.lock`, { recursive: true });
      const rival = await lockLeft(path);
      adopt(grant, 'newer');
      seen.push(await file.save(tokensWith('newer'), { awaited: () => false }).catch(codeOf));
      await rm(dirname(rival), { recursive: true });
      await file.save(tokensWith('newer'));
      return tokensWith('newer');
    });

    expect(seen).toEqual(['source_failed']);
    expect((await read(path)).refresh_token).toBe('newer');
  });

  it('F31 writes a refresh token that comes without a usable access token, and nothing else', async () => {
    const { path, info } = await aUser({ user: { withToken: true } });
    const file = new AuthorizedUserFile(path, { save: true }, systemClock);
    await file.load();
    const before = await read(path);
    const grant = new Grant(info.refresh_token);

    await file
      .spending(grant, async () => {
        adopt(grant, 'newer');
        await file.saveRefreshToken('newer');
        throw new RefreshError('token_already_expired', 'no use');
      })
      .catch(() => undefined);

    expect(await read(path)).toEqual({ ...before, refresh_token: 'newer' });
  });

  it('F41 writes no refresh token alone where the user has signed in anew', async () => {
    const { path, info } = await aUser();
    const file = new AuthorizedUserFile(path, { save: true }, systemClock);
    await file.load();
    await writeFile(path, JSON.stringify({ ...info, refresh_token: 'signed-in-anew' }));

    await file.saveRefreshToken('newer');

    expect((await read(path)).refresh_token).toBe('signed-in-anew');
  });

  it('F31 never puts a refresh token back that was replaced while its save waited', async () => {
    const { path, info } = await aUser();
    const file = new AuthorizedUserFile(path, { save: true }, systemClock);
    await file.load();
    const grant = new Grant(info.refresh_token);
    await file.spending(grant, () => {
      adopt(grant, 'newer');
      return Promise.resolve(tokensWith('newer'));
    });

    await file.save(tokensWith('newer'));
    await file.save(tokensWith(info.refresh_token));

    expect((await read(path)).refresh_token).toBe('newer');
  });
});

describe('tokens for other scopes', () => {
  const SCOPES = ['drive', 'calendar'];
  const shared = { rotateRefreshTokens: true, user: { scopes: SCOPES } };
  const load = (path: string, scopes?: string[]): Promise<UserCredentials> =>
    UserCredentials.fromAuthorizedUserFile(path, scopes, { save: true, ...elsewhere() });

  it('F28 are not adopted, while the refresh token that came with them is', async () => {
    const { path, user, emulator } = await aUser(shared);
    const [drive, calendar] = [await load(path, ['drive']), await load(path, ['calendar'])];
    await drive.refresh();

    await calendar.refresh();

    expect(calendar.grantedScopes).toEqual(['calendar']);
    expect([emulator.requests.token, user.revoked]).toEqual([2, false]);
  });

  it('F28 are not started with: the first use asks for a token of its own', async () => {
    const { path } = await aUser(shared);
    await (await load(path, ['drive'])).refresh();

    const calendar = await load(path, ['calendar']);

    expect(calendar.tokenState).toBe('invalid');
    expect([calendar.grantedScopes, calendar.hasScopes('calendar')]).toEqual([undefined, true]);
    expect((await load(path, ['drive'])).tokenState).toBe('fresh');
  });

  it('F28 F29 are adopted where they cover what is asked for', async () => {
    const { path, emulator } = await aUser(shared);
    const [both, calendar] = [await load(path), await load(path, ['calendar'])];
    await both.refresh();

    await calendar.refresh();

    expect([emulator.requests.token, calendar.token]).toEqual([1, both.token]);
  });

  it('F22 F29 are adopted where they grant no less than the server grants anyway', async () => {
    const { path, emulator } = await aUser({ ...shared, user: { scopes: SCOPES, grantedScopes: ['drive'] } });
    const [one, two] = [await load(path), await load(path)];
    await one.refresh();
    await two.refresh();

    await one.refresh();

    expect([emulator.requests.token, one.token]).toEqual([2, two.token]);
  });

  it('F28 stand in no file beside the scopes of an earlier token', async () => {
    const { path, info } = await aUser();
    await edit(path, { token: 'old', granted_scopes: ['drive'] });
    const { transport } = answering(200, { access_token: 'new', expires_in: 60, token_type: 'Bearer' });
    const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true, transport });

    await credentials.refresh();

    expect(await read(path)).toMatchObject({ refresh_token: info.refresh_token, token: 'new' });
    expect(await read(path)).not.toHaveProperty('granted_scopes');
  });

  it('are what a file without any scopes may hold: the token stays usable where the caller names none either', async () => {
    const { path } = await aUser({ user: { withToken: true } });

    const [silent, asking] = [await load(path), await load(path, ['drive'])];

    expect([silent.tokenState, asking.tokenState]).toEqual(['fresh', 'invalid']);
  });
});

describe('a file that is for another client or another server now', () => {
  const theirs = { refresh_token: 'their-refresh-token' };

  it.each([
    ['another server', { ...theirs, token_uri: 'https://example.com/token' }, true],
    ['another server', { ...theirs, token_uri: 'https://example.com/token' }, false],
    ['another client', { ...theirs, client_id: 'their-client' }, true],
    ['another client', { ...theirs, client_id: 'their-client' }, false],
  ])('%s: its refresh token goes nowhere, and a refusal says what has happened', async (_what, fields, save) => {
    const { path, info } = await aUser();
    const { transport, sent } = answering(400, { error: 'invalid_grant' });
    const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save, transport });
    await edit(path, fields);

    const refreshing = credentials.refresh();

    await expect(refreshing).rejects.toMatchObject({ code: 'invalid_grant', status: 400 });
    await expect(refreshing).rejects.toThrow(`The file ${path} is for another client or another server now`);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain(info.token_uri);
    expect(sent[0]).not.toContain('their');
    expect(credentials.refreshToken).toBe(info.refresh_token);
  });

  it('costs no token while the own refresh token is good, and is left alone', async () => {
    const { path, info } = await aUser({ rotateRefreshTokens: true });
    const { path: theirPath } = await aUser();
    const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true });
    await writeFile(path, await readFile(theirPath));

    await credentials.refresh();

    expect(credentials.refreshToken).not.toBe(info.refresh_token);
    expect(await readFile(path, 'utf8')).toBe(await readFile(theirPath, 'utf8'));
  });

  it('is no hindrance once it is for the old one again', async () => {
    const { path, info } = await aUser();
    const { transport } = answering(400, { error: 'invalid_grant' });
    const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { transport });
    await edit(path, { client_id: 'their-client' });
    await credentials.refresh().catch(codeOf);
    await writeFile(path, JSON.stringify(info));

    await expect(credentials.refresh()).rejects.toThrow(/^The refresh token was refused: it has expired/);
  });
});

describe('a refresh token that was refused', () => {
  const rejection = (credentials: UserCredentials): Promise<unknown> =>
    headersOf(credentials).catch((error: unknown) => error);

  /** Credentials of a file whose refresh token the server refuses, by a clock of the test. */
  async function refused(options: AuthorizedUserFileOptions = {}) {
    const clock = manualClock();
    const made = await aUser({ clock, rotateRefreshTokens: true, rotationGraceMs: 1e12, credentials: elsewhere() });
    const credentials = await UserCredentials.fromAuthorizedUserFile(made.path, undefined, { ...options, clock });
    made.emulator.faults.always('token', { status: 400, body: { error: 'invalid_grant' } });
    const error = await rejection(credentials);
    const signIn = async (): Promise<void> => {
      made.emulator.faults.clear();
      await made.credentials.refresh();
      await edit(made.path, { refresh_token: made.credentials.refreshToken });
    };
    return { ...made, clock, credentials, error, signIn };
  }

  it.each([{ save: true }, { save: false }])(
    'is not sent again by itself, however long nobody signs in: %j',
    async (options) => {
      const { clock, credentials, emulator, error } = await refused(options);

      for (let minutes = 0; minutes < 20; minutes += 1) {
        expect(await rejection(credentials)).toMatchObject({ code: 'invalid_grant' });
        await clock.advance(60_000);
      }

      expect(error).toMatchObject({ code: 'invalid_grant', retryable: false, status: 400 });
      expect(emulator.requests.token).toBe(1);
    },
  );

  it.each([{ save: true }, { save: false }])(
    'gives way within a minute to what a sign-in has put into the file: %j',
    async (options) => {
      const { clock, credentials, user, signIn } = await refused(options);
      for (let minutes = 0; minutes < 9; minutes += 1) {
        await clock.advance(60_000);
        await rejection(credentials);
      }
      await signIn();
      await clock.advance(60_000);

      const headers = await headersOf(credentials);

      expect(headers['authorization']).toMatch(/^Bearer /);
      expect(user.revoked).toBe(false);
    },
  );

  it('says when the file is looked at again', async () => {
    const { clock, credentials, error } = await refused();

    const held = await rejection(credentials);

    expect(error).toMatchObject({ nextAttemptAt: clock.now() + 60_000 });
    expect(held).toMatchObject({ code: 'invalid_grant', nextAttemptAt: clock.now() + 60_000 });
  });

  it('is sent where refresh() is called, unless that is by a schedule', async () => {
    const { clock, credentials, emulator } = await refused();
    await clock.advance(60_000);

    await expect(credentials.refresh(undefined, { singleAttempt: true })).rejects.toMatchObject({
      code: 'invalid_grant',
    });
    expect(emulator.requests.token).toBe(1);

    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'invalid_grant' });
    expect(emulator.requests.token).toBe(2);
  });

  it('stays refused for good where no file can bring another', async () => {
    const clock = manualClock();
    const { credentials, emulator } = await aUser({ clock });
    emulator.faults.always('token', { status: 400, body: { error: 'invalid_grant' } });

    const error = await rejection(credentials);

    expect(error).not.toHaveProperty('nextAttemptAt');
    await clock.advance(3_600_000);
    expect(await rejection(credentials)).toBe(error);
  });
});

describe('the lock', () => {
  it('F82 is given back before a hook is told, and nobody waits for the hook where nothing was rotated', async () => {
    const { path } = await aUser();
    const locked: boolean[] = [];
    const onTokens = (): Promise<void> => {
      locked.push(existsSync(`${path}.lock`));
      return new Promise(() => undefined);
    };
    const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true, onTokens });

    const { value } = await credentials.refresh();

    await expect.poll(() => locked).toEqual([false]);
    expect(await read(path)).toMatchObject({ token: value });
  });

  it('F31 is given back before a hook is told of a rotation, which is waited for', async () => {
    const { path } = await aUser({ rotateRefreshTokens: true });
    const order: unknown[] = [];
    const onTokens = async (): Promise<void> => {
      order.push(existsSync(`${path}.lock`));
      await new Promise((resolve) => setImmediate(resolve));
      order.push('kept');
    };
    const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true, onTokens });

    await credentials.refresh().then(() => order.push('seen'));

    expect(order).toEqual([false, 'kept', 'seen']);
  });
});

describe('a copy that asks another token endpoint', () => {
  it('F77 F28 leaves the file and the grant of the original alone, and tells the hook', async () => {
    const { path, emulator } = await aUser();
    const before = await readFile(path, 'utf8');
    const elsewhereAnswers = { access_token: 'of-server-2', refresh_token: 'refresh-of-server-2', expires_in: 3600 };
    const { transport, sent } = answering(200, elsewhereAnswers);
    const onTokens = vi.fn();
    const original = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true, onTokens });

    const copy = original.withTokenUri('https://sts.example.com/token');
    await copy.refresh(transport);

    expect(sent).toHaveLength(1);
    expect(copy.refreshToken).toBe('refresh-of-server-2');
    expect(original.refreshToken).not.toBe(copy.refreshToken);
    expect(onTokens).toHaveBeenCalledTimes(1);
    expect(await readFile(path, 'utf8')).toBe(before);
    await original.refresh();
    expect(emulator.requests.token).toBe(1);
    expect((await read(path)).token).toBe(original.token);
  });
});
