import { describe, expect, it } from 'vitest';
import { manualClock } from 'credence/testing';
import { areFromTheFuture, jumpSince } from '../../src/tokens/clock-jump.js';
import { instantOf, lifespanFrom } from '../../src/tokens/token-state.js';

const HOUR_MS = 3_600_000;

function received(clock = manualClock()) {
  return { clock, life: lifespanFrom(instantOf(clock), clock.now() + HOUR_MS, HOUR_MS) };
}

describe('a jump of the clocks', () => {
  it.each([30_000, -30_000, 0])('is none up to half a minute: %i ms', (ms) => {
    const { clock, life } = received();
    clock.stepWall(ms);

    expect(jumpSince(undefined, life, instantOf(clock), clock)).toBeUndefined();
  });

  it.each([30_001, -30_001, 2_000_000])(
    'F49 F50 F51 is seen beyond that, and jitters background refreshes: %i ms',
    (ms) => {
      const { clock, life } = received();
      clock.stepWall(ms);

      const jump = jumpSince(undefined, life, instantOf(clock), clock);

      expect(jump?.skewMs).toBe(ms);
      expect(jump?.quietUntil).toBeGreaterThanOrEqual(0);
      expect(jump?.quietUntil).toBeLessThan(5_000);
    },
  );

  it('is seen once, and the next one from there', () => {
    const { clock, life } = received();
    clock.stepWall(60_000);
    const first = jumpSince(undefined, life, instantOf(clock), clock);

    const again = jumpSince(first, life, instantOf(clock), clock);
    clock.stepWall(-60_000);
    const back = jumpSince(first, life, instantOf(clock), clock);

    expect(again).toBeUndefined();
    expect(back?.skewMs).toBe(0);
  });

  it('jitters within a quarter of what is left of the token', () => {
    const { clock, life } = received();
    clock.suspend(HOUR_MS - 1_000);

    const jump = jumpSince(undefined, life, instantOf(clock), clock);

    expect(jump?.quietUntil).toBeLessThanOrEqual(250);
  });
});

it.each([
  [-30_001, true],
  [-30_000, false],
  [HOUR_MS, false],
])('F50 a step of %i ms makes tokens from the future: %s', (ms, expected) => {
  const { clock, life } = received();
  clock.stepWall(ms);

  expect(areFromTheFuture(life, instantOf(clock))).toBe(expected);
});
