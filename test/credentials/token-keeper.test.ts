import { describe, expect, it, vi } from 'vitest';
import { manualClock } from 'credence/testing';
import { headersOf, turn } from '../fixtures/scripted-credentials.js';
import { aUser } from '../fixtures/user.js';

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
});
