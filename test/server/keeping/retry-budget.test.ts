import { expect, test } from 'vitest';
import { RetryBudget } from '../../../src/server/keeping/retry-budget.js';

function spent(times: number, timedOut = false): RetryBudget {
  const budget = new RetryBudget(0);
  for (let count = 0; count < times; count += 1) budget.spend(0, timedOut);
  return budget;
}

test('Twenty failures at once use it up, ten where each ran out of time.', () => {
  expect(spent(19).opensAt(0)).toBe(0);
  expect(spent(20).opensAt(0)).toBe(5_000);
  expect(spent(10, true).opensAt(0)).toBe(5_000);
});

test('It never owes anything: the next attempt is at most five seconds away.', () => {
  expect(spent(1_000).opensAt(0)).toBe(5_000);
});

test('It refills with time, and is full again after a hundred seconds.', () => {
  const budget = spent(20);

  expect(budget.fullAt(0)).toBe(100_000);
  expect(budget.share(50_000)).toBeCloseTo(0.5);
  expect(budget.opensAt(50_000)).toBe(50_000);
  expect(budget.share(1e9)).toBe(1);
});

test('A success pays for one failure, and nobody saves up more than the whole.', () => {
  const budget = spent(20);

  budget.refund(0);

  expect(budget.opensAt(0)).toBe(0);
  for (let count = 0; count < 100; count += 1) budget.refund(0);
  expect(budget.share(0)).toBe(1);
});

test('Time that goes back refills nothing.', () => {
  expect(spent(20).share(-50_000)).toBe(0);
});
