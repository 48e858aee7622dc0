import { describe, expect, it } from 'vitest';
import { RefreshError } from 'credence';
import type { HoldOff } from '../../src/tokens/hold-off.js';
import { afterSuccess, holdOffIn, isQuiet, noteJump, noteRefusal, Troubles } from '../../src/tokens/troubles.js';

const error = new RefreshError('server_unavailable', 'x', { retryable: true });
/** Troubles of which one thing is known. */
const only = (known: Partial<Troubles>): Troubles => Object.assign(new Troubles(), known);

const down: HoldOff = { failures: 1, error, until: 500, generation: 0 };

describe('a failure', () => {
  it('F1 forbids attempts for a while, by the clock', () => {
    const troubles = only({ holdOff: down });

    expect([holdOffIn(troubles, 499, 0), holdOffIn(troubles, 500, 0)]).toEqual([down, undefined]);
    expect(holdOffIn(undefined, 0, 0)).toBeUndefined();
  });

  it('F82 forbids attempts by a clock that gives no number', () => {
    expect(holdOffIn(only({ holdOff: down }), Number.NaN, 0)).toBe(down);
  });

  it('F1 F39 forbids none where another refresh token has taken the place of the one that failed', () => {
    const troubles = only({ holdOff: { ...down, until: Infinity } });

    expect(holdOffIn(troubles, 0, 0)).toBeDefined();
    expect(holdOffIn(troubles, 0, 1)).toBeUndefined();
  });

  it('is forgotten with a success, as is a jump of the clocks', () => {
    const jump = { skewMs: 60_000, quietUntil: 5_000 };
    const rejections = { count: 1, until: 0 };

    expect(afterSuccess(only({ holdOff: down, jump }))).toBeUndefined();
    expect(afterSuccess(only({ holdOff: down, jump, rejections }))).toEqual({ rejections });
  });
});

describe('a jump of the clocks', () => {
  it('keeps background refreshes quiet for a moment', () => {
    const troubles = new Troubles();

    noteJump(troubles, { skewMs: 60_000, quietUntil: 1_000 });

    expect([isQuiet(troubles, 999), isQuiet(troubles, 1_000), isQuiet(undefined, 0)]).toEqual([true, false, false]);
  });
});

describe('refusals of fresh tokens', () => {
  it('F44 are believed three times, and then not for a while, though refreshes succeed', () => {
    let troubles = new Troubles();

    const believed = Array.from({ length: 5 }, () => {
      troubles = afterSuccess(troubles) ?? new Troubles();
      return noteRefusal(troubles, { mintedAt: 0, wasAccepted: false }, 0);
    });

    expect(believed).toEqual([true, true, true, false, false]);
    expect(noteRefusal(troubles, { mintedAt: 30_000, wasAccepted: false }, 30_000)).toBe(true);
  });

  it('F44 are believed without end of tokens that were accepted, also while others are not believed', () => {
    const troubles = new Troubles();
    const refuse = (wasAccepted: boolean): boolean => noteRefusal(troubles, { mintedAt: 0, wasAccepted }, 0);

    const accepted = Array.from({ length: 5 }, () => refuse(true));
    const others = Array.from({ length: 4 }, () => refuse(false));

    expect(accepted).toEqual([true, true, true, true, true]);
    expect(others).toEqual([true, true, true, false]);
    expect([refuse(true), refuse(false)]).toEqual([true, true]);
  });
});
