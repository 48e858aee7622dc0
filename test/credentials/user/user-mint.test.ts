import { readFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { UserCredentials, type TokensListener, type TokenSet } from 'credence';
import { manualClock } from 'credence/testing';
import { lockLeft } from '../../fixtures/lock-left.js';
import { headersOf } from '../../fixtures/scripted-credentials.js';
import { aUser } from '../../fixtures/user.js';

describe('a rotated refresh token', () => {
  it.each([{ expires_in: 0 }, { access_token: 'a b' }, { token_type: 'DPoP' }, { access_token: '' }])(
    'F31 is saved at once though its access token cannot be used: %j',
    async (flaw) => {
      const { emulator, path } = await aUser();
      const onTokens = vi.fn<TokensListener>();
      const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true, onTokens });
      const json = { access_token: 'x', expires_in: 60, refresh_token: 'the-next-one', ...flaw };
      emulator.faults.next('token', { json });

      await expect(credentials.refresh()).rejects.toThrow();

      expect(credentials.refreshToken).toBe('the-next-one');
      expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ refresh_token: 'the-next-one' });
      expect(onTokens.mock.calls.map(([tokens, details]) => [tokens.refreshToken, details])).toEqual([
        ['the-next-one', { rotated: true }],
      ]);
      expect(credentials.unsaved).toBe(false);
    },
  );

  it('F31 comes to the hook with the tokens that are in use', async () => {
    const onTokens = vi.fn<TokensListener>();
    const { emulator, credentials } = await aUser({ credentials: { onTokens } });
    const { value } = await credentials.refresh();
    emulator.faults.next('token', { json: { access_token: '', refresh_token: 'the-next-one' } });

    await expect(credentials.refresh()).rejects.toThrow();

    const [tokens] = onTokens.mock.lastCall ?? [];
    expect([tokens?.accessToken.value, tokens?.refreshToken]).toEqual([value, 'the-next-one']);
  });

  it('is seen by nobody before it is kept', async () => {
    const order: string[] = [];
    const keep = async ({ refreshToken }: TokenSet): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`kept ${String(refreshToken)}`);
    };
    const { credentials, user } = await aUser({ rotateRefreshTokens: true, credentials: { onTokens: keep } });

    await credentials.refresh().then(() => order.push('seen'));

    expect(order).toEqual([`kept ${user.currentRefreshToken}`, 'seen']);
  });
});

describe('a file whose lock another process holds', () => {
  it('F54 is not waited for by a refresh that nobody waits for', async () => {
    const clock = manualClock();
    const { path, emulator } = await aUser({ clock });
    const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true, clock });
    await headersOf(credentials, emulator.apiUrl);
    await clock.advance(3_600_000 - 100_000);
    await lockLeft(path);
    const timers = clock.pending;

    expect(credentials.tryApply({})).toBe(true);

    await expect.poll(() => clock.pending).toBeGreaterThan(timers);
    await expect.poll(() => clock.pending).toBe(timers);
    expect(emulator.requests.token).toBe(1);
  });
});

describe('without a refresh token', () => {
  it('the handler is asked, and the hook is told of what it gave', async () => {
    const onTokens = vi.fn<TokensListener>();
    const expiry = new Date(Date.now() + 3_600_000);
    const credentials = new UserCredentials({
      scopes: 'a',
      onTokens,
      refreshHandler: (_request, scopes) => Promise.resolve({ token: `for-${String(scopes)}`, expiry }),
    });

    await credentials.refresh();

    expect(credentials.token).toBe('for-a');
    expect(onTokens).toHaveBeenCalledOnce();
    expect(onTokens.mock.lastCall?.[1]).toEqual({ rotated: false });
  });

  it('another universe is refused before the handler is asked', async () => {
    const refreshHandler = vi.fn();
    const credentials = new UserCredentials({ universeDomain: 'example.goog', refreshHandler });

    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'universe_unsupported' });

    expect(refreshHandler).not.toHaveBeenCalled();
  });
});
