import { describe, expect, it, vi } from 'vitest';
import { manualClock, type ManualClock } from 'credence/testing';
import { TokenKeeper } from '../../../src/credentials/user/token-keeper.js';
import type { Save } from '../../../src/credentials/user/token-saver.js';
import { headersOf, tokens, turn } from '../../fixtures/scripted-credentials.js';
import { aUser } from '../../fixtures/user.js';

describe('the onTokens hook', () => {
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
    const onTokens = vi.fn(() => new Promise<void>(() => undefined));
    const { emulator, credentials } = await aUser({ clock, rotateRefreshTokens: true, credentials: { onTokens } });
    const waiting = headersOf(credentials, emulator.apiUrl);
    await expect.poll(() => onTokens.mock.calls.length).toBe(1);

    await clock.advance(10_000);

    expect((await waiting)['authorization']).toMatch(/^Bearer /);
    expect(credentials.unsaved).toBe(true);
  });
});

describe('a keeper', () => {
  interface Call {
    readonly value: string;
    readonly rotated: boolean;
    readonly signal: AbortSignal | undefined;
    readonly awaited: (() => boolean) | undefined;
    readonly end: () => void;
    readonly fail: (error: Error) => void;
  }

  /** A keeper whose saver answers when the test says so. */
  function controlled(): {
    keeper: TokenKeeper;
    calls: Call[];
    clock: ManualClock;
    told: () => (string | boolean)[][];
  } {
    const clock = manualClock();
    const calls: Call[] = [];
    const save =
      (value: string): Save =>
      ({ rotated }, { signal, awaited }) =>
        new Promise((end, fail) => void calls.push({ value, rotated, signal, awaited, end, fail }));
    const keeper = new TokenKeeper(clock, 'The saver', {
      tokens: (set) => save(set.accessToken.value),
      refreshToken: (refreshToken) => save(refreshToken),
    });
    return { keeper, calls, clock, told: () => calls.map(({ value, rotated }) => [value, rotated]) };
  }

  it('F31 keeps the latest of what comes while a save is under way, and loses no rotation', async () => {
    const { keeper, calls, told } = controlled();
    const first = keeper.keep(tokens('a'), false);
    await turn();

    const second = keeper.keep(tokens('b'), true);
    const third = keeper.keep(tokens('c'), false);
    await turn();
    const before = [told(), calls[0]?.signal?.aborted];
    calls[0]?.end();
    await turn();
    calls[1]?.end();
    await Promise.all([first, second, third]);

    expect(before).toEqual([[['a', false]], true]);
    expect(told()).toEqual([
      ['a', false],
      ['c', true],
    ]);
    expect(keeper.unsaved).toBe(false);
  });

  it('F31 tells a rotation again with newer tokens where the save of it fails', async () => {
    const { keeper, calls, told } = controlled();
    const first = keeper.keep(tokens('a'), true);
    await turn();
    const second = keeper.keep(tokens('b'), false);

    calls[0]?.fail(new Error('disk'));
    await turn();
    calls[1]?.end();
    await Promise.all([first, second]);
    const third = keeper.keep(tokens('c'), false);
    await turn();
    calls[2]?.end();
    await third;

    expect(told()).toEqual([
      ['a', true],
      ['b', true],
      ['c', false],
    ]);
    expect(keeper.unsaved).toBe(false);
  });

  it('leaves a save that waits for a lock at once for newer tokens', async () => {
    const clock = manualClock();
    const saved: string[] = [];
    const keeper = new TokenKeeper(clock, 'The saver', {
      refreshToken: () => () => undefined,
      tokens:
        ({ accessToken: { value } }) =>
        async (_details, { signal }) => {
          if (value === 'a') await clock.sleep(20_000, signal);
          saved.push(value);
        },
    });
    const first = keeper.keep(tokens('a'), true);
    await turn();

    await keeper.keep(tokens('b'), false);
    await first;

    expect(saved).toEqual(['b']);
    expect(keeper.unsaved).toBe(false);
  });

  it('F82 makes callers wait ten seconds in all, also behind a silent save, and says that it is unsaved', async () => {
    const { keeper, clock, told } = controlled();
    let released = 0;
    void keeper.keep(tokens('a'), true).then(() => (released += 1));
    await clock.advance(4_000);
    void keeper.keep(tokens('b'), true).then(() => (released += 1));

    await clock.advance(6_000);
    const afterTen = released;
    await clock.advance(4_000);

    expect([afterTen, released, keeper.unsaved]).toEqual([1, 2, true]);
    expect(told()).toEqual([['a', true]]);
  });

  it('F82 calls no saver a second time while the first call is silent, but for one a minute later, with the latest', async () => {
    const { keeper, clock, told } = controlled();
    void keeper.keep(tokens('a'), true);
    await clock.advance(30_000);
    void keeper.keep(tokens('b'), false);
    await clock.advance(29_000);
    const before = told();

    await clock.advance(2_000);

    expect(before).toEqual([['a', true]]);
    expect(told()).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });

  it('F82 is saved when a silent save ends after all', async () => {
    const { keeper, calls, clock } = controlled();
    void keeper.keep(tokens('a'), true);
    await clock.advance(30_000);
    const before = keeper.unsaved;

    calls[0]?.end();
    await clock.advance(3_600_000);

    expect([before, keeper.unsaved, calls.length]).toEqual([true, false, 1]);
  });

  it('F82 tells the latest once more where a call that was given up ends after it', async () => {
    const { keeper, calls, clock, told } = controlled();
    void keeper.keep(tokens('a'), true);
    await clock.advance(30_000);
    void keeper.keep(tokens('b'), true);
    await clock.advance(31_000);
    calls[1]?.end();
    await turn();

    calls[0]?.end();
    await turn();
    calls[2]?.end();
    await turn();

    expect(told()).toEqual([
      ['a', true],
      ['b', true],
      ['b', true],
    ]);
    expect(keeper.unsaved).toBe(false);
  });

  it('F54 lets a save know whether somebody waits for it', async () => {
    const { keeper, calls, clock } = controlled();
    void keeper.keep(tokens('a'), true);
    await turn();
    const atOnce = calls[0]?.awaited?.();
    calls[0]?.fail(new Error('disk'));

    await clock.advance(1_000);

    expect([atOnce, calls[1]?.value, calls[1]?.awaited?.()]).toEqual([true, 'a', false]);
  });

  it('F31 tells a refresh token that comes alone at once, as a rotation, and again until it is taken', async () => {
    const { keeper, calls, clock, told } = controlled();
    const kept = keeper.keepRefreshToken('newer', undefined);
    await turn();
    calls[0]?.fail(new Error('disk'));
    await kept;
    const unsaved = keeper.unsaved;

    await clock.advance(1_000);
    calls[1]?.end();
    await turn();

    expect(told()).toEqual([
      ['newer', true],
      ['newer', true],
    ]);
    expect([unsaved, keeper.unsaved]).toEqual([true, false]);
  });
});
