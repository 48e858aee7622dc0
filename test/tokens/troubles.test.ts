import { describe, expect, it } from 'vitest';
import { RefreshError } from 'credence';
import { manualClock } from 'credence/testing';
import type { HoldOff } from '../../src/tokens/hold-off.js';
import { Troubles } from '../../src/tokens/troubles.js';

const down = new RefreshError('server_unavailable', 'x', { retryable: true });
const forGood: HoldOff = {
  failures: 1,
  error: new RefreshError('invalid_grant', 'x'),
  until: Infinity,
  generation: undefined,
};

describe('a failure', () => {
  it('F1 forbids attempts for a while, by the clock', async () => {
    const clock = manualClock();
    const troubles = new Troubles(clock);

    troubles.failed({ failures: 1, error: down, until: 500, generation: undefined });

    expect(troubles.holdOff(undefined)?.error).toBe(down);
    await clock.advance(500);
    expect(troubles.holdOff(undefined)).toBeUndefined();
    expect(troubles.failure?.error).toBe(down);
  });

  it('F1 F39 forbids none where another refresh token has taken the place of the one that failed', () => {
    const troubles = new Troubles(manualClock());

    troubles.failed({ ...forGood, generation: 0 });

    expect(troubles.holdOff(0)).toBeDefined();
    expect(troubles.holdOff(1)).toBeUndefined();
  });

  it('is forgotten with a success, as is a jump of the clocks', () => {
    const troubles = new Troubles(manualClock());
    troubles.failed(forGood);
    troubles.jumped({ skewMs: 60_000, quietUntil: 5_000 });
    expect(troubles.isQuiet).toBe(true);

    troubles.succeeded();

    expect([troubles.failure, troubles.jump, troubles.isQuiet]).toEqual([undefined, undefined, false]);
  });
});

describe('a jump of the clocks', () => {
  it('keeps background refreshes quiet for a moment', async () => {
    const clock = manualClock();
    const troubles = new Troubles(clock);

    troubles.jumped({ skewMs: 60_000, quietUntil: 1_000 });

    expect(troubles.isQuiet).toBe(true);
    await clock.advance(1_000);
    expect(troubles.isQuiet).toBe(false);
  });
});

describe('refusals of fresh tokens', () => {
  it('F44 are believed three times, and then not for a while, though refreshes succeed', async () => {
    const clock = manualClock();
    const troubles = new Troubles(clock);

    const believed = Array.from({ length: 5 }, () => {
      troubles.succeeded();
      return troubles.refused({ mintedAt: 0, wasAccepted: false });
    });

    expect(believed).toEqual([true, true, true, false, false]);
    await clock.advance(30_000);
    expect(troubles.refused({ mintedAt: 30_000, wasAccepted: false })).toBe(true);
  });

  it('F44 are believed without end of tokens that were accepted, also while others are not believed', () => {
    const troubles = new Troubles(manualClock());
    const refuse = (wasAccepted: boolean): boolean => troubles.refused({ mintedAt: 0, wasAccepted });

    const accepted = Array.from({ length: 5 }, () => refuse(true));
    const others = Array.from({ length: 4 }, () => refuse(false));

    expect(accepted).toEqual([true, true, true, true, true]);
    expect(others).toEqual([true, true, true, false]);
    expect([refuse(true), refuse(false)]).toEqual([true, true]);
  });
});
