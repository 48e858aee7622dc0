import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, type BackoffPolicy, type BackoffType } from '../../../src/server/keeping/backoff-type.js';

const BOUNDS = { minMs: 1_000, maxMs: 30_000 };

function delays(policy: BackoffPolicy, randoms: readonly number[]): number[] {
  const made: number[] = [];
  for (const random of randoms) made.push(backoffMs(policy, made.at(-1), random));
  return made;
}

describe('exp', () => {
  it('begins with the shortest delay, and doubles up to the longest', () => {
    expect(delays({ type: 'exp', ...BOUNDS }, Array(8).fill(0.5))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
    ]);
  });
});

describe('rand', () => {
  it('draws evenly from the shortest to the longest delay, both included', () => {
    expect(delays({ type: 'rand', ...BOUNDS }, [0, 0.5, 1 - Number.EPSILON])).toEqual([1_000, 15_500, 30_000]);
  });
});

describe('rand_exp', () => {
  it('draws between the delay before and three times as much, kept within the bounds', () => {
    // The lower bound is a third of the longest delay: 10,000.
    expect(delays({ type: 'rand_exp', ...BOUNDS }, Array(5).fill(1 - Number.EPSILON))).toEqual([
      3_000, 9_000, 27_000, 30_000, 30_000,
    ]);
    expect(
      delays({ type: 'rand_exp', ...BOUNDS }, [1 - Number.EPSILON, 1 - Number.EPSILON, 1 - Number.EPSILON, 0, 0]),
    ).toEqual([3_000, 9_000, 27_000, 10_000, 10_000]);
  });

  it('never comes back below a third of the longest delay once it was above', () => {
    const policy = { type: 'rand_exp', minMs: 20_000, maxMs: 30_000 } as const;

    expect(delays(policy, [0, 0, 0])).toEqual([20_000, 20_000, 20_000]);
  });
});

it('Every delay of every type is a whole number within the bounds.', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  fc.assert(
    fc.property(
      fc.constantFrom<BackoffType>('exp', 'rand', 'rand_exp'),
      fc.integer({ min: 1, max: 60_000 }),
      fc.integer({ min: 0, max: 60_000 }),
      fc.array(random, { maxLength: 40 }),
      (type, minMs, moreMs, randoms) => {
        const maxMs = minMs + moreMs;
        for (const delay of delays({ type, minMs, maxMs }, randoms)) {
          expect(Number.isInteger(delay)).toBe(true);
          expect(delay).toBeGreaterThanOrEqual(minMs);
          expect(delay).toBeLessThanOrEqual(maxMs);
        }
      },
    ),
  );
});
