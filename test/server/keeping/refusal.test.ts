import { expect, test } from 'vitest';
import { RefreshError, type RefreshErrorCode } from 'credence';
import { refusal } from '../../../src/server/keeping/refusal.js';
import type { RetryState } from '../../../src/server/keeping/retry-state.js';
import type { HoldOff } from '../../../src/tokens/hold-off.js';

const NOW = { wall: Date.UTC(2025, 0, 1), monotonic: 1_000 };

function holdOff(until: number, code: RefreshErrorCode = 'server_unavailable'): HoldOff {
  return { failures: 1, error: new RefreshError(code, 'failed', { retryable: true }), until, generation: undefined };
}

function own(until: number, overrides: Partial<RetryState> = {}): RetryState {
  const state = { retries: 1, failures: 1, isPermanent: false, isExhausted: false, previousMs: undefined };
  return { ...state, holdOff: holdOff(until, 'timed_out'), ...overrides };
}

test('Where nothing is held off there is none.', () => {
  expect(refusal(undefined, undefined, NOW)).toBeUndefined();
  expect(refusal(own(1_000), undefined, NOW)).toBeUndefined();
});

test('F1 It carries the last failure, and the time of the next attempt.', () => {
  const error = refusal(own(6_000), undefined, NOW);

  expect(error).toMatchObject({ code: 'timed_out', retryable: true, nextAttemptAt: NOW.wall + 5_000 });
});

test('Of two hold-offs the later one counts.', () => {
  expect(refusal(own(6_000), holdOff(9_000), NOW)).toMatchObject({
    code: 'server_unavailable',
    nextAttemptAt: NOW.wall + 8_000,
  });
  expect(refusal(own(9_000), holdOff(6_000), NOW)).toMatchObject({
    code: 'timed_out',
    nextAttemptAt: NOW.wall + 8_000,
  });
  expect(refusal(own(500), holdOff(6_000), NOW)).toMatchObject({ code: 'server_unavailable' });
});

test('A permanent failure is told as it is.', () => {
  const permanent = own(6_000, { isPermanent: true });

  expect(refusal(permanent, holdOff(9_000), NOW)).toBe(permanent.holdOff.error);
});
