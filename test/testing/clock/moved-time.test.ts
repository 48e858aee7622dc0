import { expect, test } from 'vitest';
import { MovedTime } from '../../../src/testing/clock/moved-time.js';

test('wall time stays whole while fractional timers run', async () => {
  const time = new MovedTime(1_000);
  const seen: number[] = [];
  time.schedule(0.1, () => seen.push(time.wall));
  time.schedule(1.7, () => seen.push(time.wall));

  await time.advance(2);

  expect(seen).toEqual([1_000, 1_001]);
  expect([time.wall, time.monotonic]).toEqual([1_002, 2]);
});

test('time never goes back for a timer that was due in the past', async () => {
  const time = new MovedTime(0);
  await time.advance(100);
  let ranAt = -1;
  time.schedule(-50, () => (ranAt = time.monotonic));

  await time.advance(0);

  expect(ranAt).toBe(100);
});

test('an advance that failed does not hold up the next', async () => {
  const time = new MovedTime(0);
  time.schedule(1, () => {
    throw new Error('thrown by the timer');
  });

  const outcomes = await Promise.allSettled([time.advance(5), time.advance(5)]);

  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(time.monotonic).toBe(6);
});
