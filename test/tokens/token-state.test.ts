import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockSkewMs, lifespanFrom, refreshWindowMs, remainingMs, stateOf } from '../../src/tokens/token-state.js';

const START = { wall: 1_000_000, monotonic: 500 };

describe('the refresh window', () => {
  it.each([
    [undefined, 225_000],
    [3_600_000, 225_000],
    [900_000, 225_000],
    [899_996, 224_999],
    [2_000, 500],
    [0, 0],
  ])('of a lifetime of %s ms is %i ms', (lifetime, window) => {
    expect(refreshWindowMs(lifetime)).toBe(window);
  });
});

describe('the state', () => {
  it.each([
    [225_001, 'fresh'],
    [225_000, 'stale'],
    [1, 'stale'],
    [0, 'invalid'],
    [-5, 'invalid'],
  ])('with %i ms left is %s: both bounds are inclusive', (left, state) => {
    expect(stateOf(left, 225_000)).toBe(state);
  });
});

describe('what is left of a life', () => {
  it('F49 F50 is never more than either clock says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 0, max: 1e9 }),
        (life, wall, mono) => {
          const span = lifespanFrom(START, START.wall + life, life);
          const now = { wall: START.wall + wall, monotonic: START.monotonic + mono };

          const left = remainingMs(span, now);

          expect(left).toBe(Math.min(life - wall, life - mono));
        },
      ),
    );
  });

  it('shows how far the wall clock ran ahead', () => {
    const span = lifespanFrom(START, START.wall + 100_000, 100_000);

    expect(clockSkewMs(span, { wall: START.wall + 50_000, monotonic: START.monotonic + 10_000 })).toBe(40_000);
    expect(clockSkewMs(span, { wall: START.wall - 5_000, monotonic: START.monotonic })).toBe(-5_000);
  });

  it('F49 F50 holds no step of the wall clock that fell between its start and its receipt', () => {
    const received = { wall: START.wall + 3_601_000, monotonic: START.monotonic + 1_000 };

    const span = lifespanFrom(START, received.wall + 60_000, 60_000, received);

    expect(span.monotonicExpiresAt).toBe(received.monotonic + 60_000);
    expect(clockSkewMs(span, received)).toBe(0);
  });

  it('F20 is counted from its start where no clock stepped, and where the wall clock stepped back', () => {
    const end = START.wall + 60_000;
    const agreeing = { wall: START.wall + 5_000, monotonic: START.monotonic + 5_000 };
    const behind = { wall: START.wall - 3_600_000, monotonic: START.monotonic + 5_000 };

    const ends = [agreeing, behind].map((received) => lifespanFrom(START, end, 60_000, received).monotonicExpiresAt);

    expect(ends).toEqual([START.monotonic + 60_000, START.monotonic + 60_000]);
  });
});
