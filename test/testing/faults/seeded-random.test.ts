import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/testing/faults/seeded-random.js';

test('spreads evenly over [0, 1)', () => {
  const random = seededRandom(3);
  const buckets = Array.from({ length: 10 }, () => 0);

  for (let draw = 0; draw < 10_000; draw += 1) {
    const bucket = Math.floor(random() * 10);
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }

  expect(buckets).toHaveLength(10);
  expect(Math.min(...buckets)).toBeGreaterThan(800);
  expect(Math.max(...buckets)).toBeLessThan(1_200);
});

test('repeats its sequence for the same seed', () => {
  const one = seededRandom(9);
  const other = seededRandom(9);

  const pairs = Array.from({ length: 20 }, () => [one(), other()]);

  expect(pairs.every(([left, right]) => left === right)).toBe(true);
});
