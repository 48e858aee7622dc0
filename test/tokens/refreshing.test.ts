import { describe, expect, it } from 'vitest';
import { RefreshError } from 'credence';
import { manualClock } from 'credence/testing';
import type { HoldOff } from '../../src/tokens/hold-off.js';
import { holdOffOf } from '../../src/tokens/refreshing.js';
import { instantOf, lifespanFrom } from '../../src/tokens/token-state.js';

const down = new RefreshError('server_unavailable', 'x', { retryable: true });

describe('what follows from a failure', () => {
  it('F1 is an attempt before the token ends, however many failures went before', () => {
    const clock = manualClock();
    const life = lifespanFrom(instantOf(clock), clock.now() + 8_000, undefined);
    let holdOff: HoldOff | undefined;

    for (let failure = 0; failure < 20; failure += 1)
      holdOff = holdOffOf(down, holdOff, { clock, life, generation: undefined });

    expect(holdOff).toMatchObject({ failures: 20, error: down });
    expect(holdOff?.until).toBeLessThanOrEqual(2_000);
  });

  it('counts from now, by the clock, and for the refresh token that failed', async () => {
    const clock = manualClock();
    await clock.advance(10_000);
    const error = new RefreshError('rate_limited', 'x', { retryable: true, nextAttemptAt: clock.now() + 7_000 });

    const { until, generation } = holdOffOf(error, undefined, { clock, life: undefined, generation: 3 });

    expect(until).toBeGreaterThanOrEqual(17_000);
    expect(until).toBeLessThanOrEqual(17_500);
    expect(generation).toBe(3);
  });

  it('F82 is a short pause where the refresh could not even be begun', () => {
    const cell = { clock: manualClock(), life: undefined, generation: undefined };

    const { error, until } = holdOffOf(new TypeError('no plan'), undefined, cell);

    expect(error).toMatchObject({ name: 'RefreshError', code: 'source_failed', retryable: true });
    expect(error.cause).toBeUndefined();
    expect(until).toBeLessThanOrEqual(500);
  });
});
