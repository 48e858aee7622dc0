import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fetchTransport, UserCredentials, type RequestLike, type Transport } from 'credence';
import { headersOf, turn } from '../../fixtures/scripted-credentials.js';
import { aUser, elsewhere } from '../../fixtures/user.js';

describe('revoke', () => {
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

  it('leaves no copy a token, a copy with a cell of its own included', async () => {
    const { credentials, info } = await aUser();
    await credentials.refresh();
    const fork = credentials.withRefreshHandler(() => Promise.reject(new Error('unused')));
    const elsewhere = credentials.withTokenUri(info.token_uri);
    await elsewhere.refresh();

    await credentials.revoke();

    expect([credentials, fork, elsewhere].map((each) => each.tokenState)).toEqual(['invalid', 'invalid', 'invalid']);
    expect([credentials, fork, elsewhere].map((each) => each.tryApply({}))).toEqual([false, false, false]);
  });

  it('F55 hears the caller’s abort while it waits for a refresh under way, and names a signal that is none', async () => {
    const { credentials, user } = await aUser();
    const answers: (() => void)[] = [];
    const slow: Transport = (request) =>
      new Promise((resolve) => answers.push(() => resolve(fetchTransport()(request))));
    const refreshing = credentials.refresh(slow);
    await expect.poll(() => answers.length).toBe(1);

    await expect(credentials.revoke(undefined, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });

    answers[0]?.();
    await refreshing;
    expect(user.revoked).toBe(false);
    await expect(credentials.revoke(undefined, { signal: 'no' as never })).rejects.toThrow(/"signal" must be/);
  });
});

describe('revoke of credentials that stand in a file', () => {
  /** A server that answers as RFC 7009 has it, to unknown tokens too; and what it was sent. */
  function revocations(path: string): { request: RequestLike; tokens: (string | null)[]; locked: boolean[] } {
    const tokens: (string | null)[] = [];
    const locked: boolean[] = [];
    const request: RequestLike = ({ body }: { body?: string }) => {
      tokens.push(new URLSearchParams(body).get('token'));
      locked.push(existsSync(`${path}.lock`));
      return Promise.resolve({ status: 200, headers: new Headers(), body: '' });
    };
    return { request, tokens, locked };
  }

  const load = (path: string, save: boolean): Promise<UserCredentials> =>
    UserCredentials.fromAuthorizedUserFile(path, undefined, { save, ...elsewhere() });

  it('F77 revokes the refresh token that another process has rotated and saved, under the lock', async () => {
    const { path, user } = await aUser({ rotateRefreshTokens: true });
    const [mine, other] = [await load(path, true), await load(path, true)];
    await other.refresh();
    const { request, tokens, locked } = revocations(path);

    await mine.revoke(request);

    expect([tokens, locked]).toEqual([[user.currentRefreshToken], [true]]);
    await expect(headersOf(mine)).rejects.toMatchObject({ code: 'revoked' });
  });

  it('F77 does so too where the folder takes no lock', async () => {
    const { path, user } = await aUser({ rotateRefreshTokens: true });
    const mine = await load(path, true);
    const { request, tokens } = revocations(path);
    await rename(dirname(path), `${dirname(path)}-moved`);

    await mine.revoke(request);

    await rename(`${dirname(path)}-moved`, dirname(path));
    expect(tokens).toEqual([user.currentRefreshToken]);
  });

  it('revokes what it holds where the file is not its to save', async () => {
    const { path, info } = await aUser({ rotateRefreshTokens: true });
    const [mine, other] = [await load(path, false), await load(path, true)];
    await other.refresh();
    const { request, tokens } = revocations(path);

    await mine.revoke(request);

    expect(tokens).toEqual([info.refresh_token]);
  });
});
