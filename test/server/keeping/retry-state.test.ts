import { describe, expect, it, vi } from 'vitest';
import { RefreshError, type RefreshErrorCode, type RefreshErrorOptions } from 'credence';
import { afterFailure, type RetryContext, type RetryState } from '../../../src/server/keeping/retry-state.js';
import { serverPlan } from '../../../src/server/server-plan.js';
import { turn } from '../../fixtures/scripted-credentials.js';
import { MINUTE_MS } from '../../fixtures/token-server.js';

const WALL = Date.UTC(2025, 0, 1);

function failed(code: RefreshErrorCode = 'server_unavailable', options: RefreshErrorOptions = {}): RefreshError {
  return new RefreshError(code, 'failed', { retryable: code === 'server_unavailable', ...options });
}

function context(overrides: Partial<RetryContext> = {}): RetryContext {
  const plan = serverPlan({ backoffType: 'exp' });
  return { plan, now: 0, wall: WALL, lifetimeMs: 0, remainingMs: 0, random: 0.5, ...overrides };
}

function series(times: number, error = failed(), overrides: Partial<RetryContext> = {}): RetryState[] {
  const states: RetryState[] = [];
  for (let count = 0; count < times; count += 1) states.push(afterFailure(error, states.at(-1), context(overrides)));
  return states;
}

function delays(states: readonly RetryState[]): number[] {
  return states.map(({ holdOff }) => holdOff.until);
}

describe('failures in a row', () => {
  it('are counted, and wait as the backoff says', () => {
    const states = series(6);

    expect(states.map(({ retries }) => retries)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(delays(states)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
  });

  it('are exhausted after maxRetries, and begin again', () => {
    const states = series(5, failed(), { plan: serverPlan({ backoffType: 'exp', maxRetries: 3 }) });

    expect(states.map(({ isExhausted }) => isExhausted)).toEqual([false, false, true, false, false]);
    expect(states.map(({ retries }) => retries)).toEqual([1, 2, 3, 1, 2]);
    expect(states.map(({ failures }) => failures)).toEqual([1, 2, 3, 4, 5]);
    expect(delays(states)).toEqual([1_000, 2_000, 30_000, 1_000, 2_000]);
  });

  it('are each exhausted where no retries are allowed', () => {
    const states = series(3, failed(), { plan: serverPlan({ maxRetries: 0 }) });

    expect(states.map(({ isExhausted }) => isExhausted)).toEqual([true, true, true]);
    expect(delays(states)).toEqual([30_000, 30_000, 30_000]);
  });

  it('F3 F4 wait for what the issuer asks where that is longer', () => {
    const [state] = series(1, failed('server_unavailable', { nextAttemptAt: WALL + 45_000 }));

    expect(state?.holdOff.until).toBe(45_250);
  });

  it('wait for an operator a minute, growing to a quarter of an hour', () => {
    const waits = delays(series(6, failed('request_refused'))).map((ms) => ms / MINUTE_MS);

    expect(waits).toEqual([1, 2, 4, 8, 15, 15]);
  });

  it.each(['gcloud_signed_out', 'reauth_required'] as const)('look each minute for a cure elsewhere: %s', (code) => {
    const states = series(5, failed(code, { nextAttemptAt: WALL + MINUTE_MS }));

    expect(delays(states).map((ms) => Math.floor(ms / MINUTE_MS))).toEqual([1, 1, 1, 1, 1]);
  });

  it('wait for a sign-in a quarter of an hour, growing to six hours', () => {
    const states = series(7, failed('invalid_grant'));

    expect(states.every(({ isPermanent }) => isPermanent)).toBe(true);
    expect(delays(states).map((ms) => ms / MINUTE_MS)).toEqual([15, 30, 60, 120, 240, 360, 360]);
  });
});

describe('retryDelay', () => {
  it('is asked with 1 for the first retry, and goes before the backoff', () => {
    const plan = serverPlan({ retryDelay: (retry) => retry * 100 });

    expect(delays(series(3, failed(), { plan }))).toEqual([100, 200, 300]);
  });

  it.each([0, 49])('of %i ms is raised to fifty', (delayMs) => {
    expect(delays(series(1, failed(), { plan: serverPlan({ retryDelay: () => delayMs }) }))).toEqual([50]);
  });

  it('F3 does not shorten what the issuer asks', () => {
    const error = failed('server_unavailable', { nextAttemptAt: WALL + 45_000 });

    expect(delays(series(1, error, { plan: serverPlan({ retryDelay: () => 100 }) }))).toEqual([45_250]);
  });

  it('is not asked where somebody has to repair something', () => {
    const plan = serverPlan({ retryDelay: () => 100 });

    expect(delays(series(1, failed('request_refused'), { plan }))).toEqual([MINUTE_MS]);
  });

  it.each([
    ['throws', () => expect.unreachable('It is contained.')],
    ['gives no number', () => 'soon' as never],
    ['gives NaN', () => NaN],
    ['gives less than nothing', () => -1],
    ['gives a promise', async () => 100],
  ])('F82 that %s leaves it to the backoff', (_, retryDelay) => {
    const plan = serverPlan({ retryDelay: retryDelay as () => number, backoffType: 'exp' });

    expect(delays(series(2, failed(), { plan }))).toEqual([1_000, 2_000]);
  });

  it('F53 F82 that gives a promise which rejects leaves no unhandled rejection behind', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const retryDelay = (async () => expect.unreachable('It is contained.')) as unknown as () => number;

    const [state] = series(1, failed(), { plan: serverPlan({ retryDelay, backoffType: 'exp' }) });
    await turn();

    process.off('unhandledRejection', unhandled);
    expect(delays([state!])).toEqual([1_000]);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
