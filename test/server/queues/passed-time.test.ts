import { expect, test } from 'vitest';
import { manualClock } from 'credence/testing';
import { PassedTime } from '../../../src/server/queues/passed-time.js';

test('Time passes with the monotonic clock.', async () => {
  const clock = manualClock();
  const time = new PassedTime(clock);
  const before = time.now();

  await clock.advance(5_000);

  expect(time.now() - before).toBe(5_000);
});

test('F51 Sleep counts as time that passed, and is followed by a quiet of five seconds at most.', () => {
  const clock = manualClock();
  const time = new PassedTime(clock);
  const before = time.now();
  clock.suspend(3_600_000);

  const after = time.now();

  expect(after - before).toBe(3_600_000);
  expect(time.quietUntil).toBeGreaterThan(after);
  expect(time.quietUntil).toBeLessThanOrEqual(after + 5_000);
});

test('F49 A short step forward counts without a quiet.', () => {
  const clock = manualClock();
  const time = new PassedTime(clock);
  const before = time.now();
  clock.stepWall(20_000);

  expect(time.now() - before).toBe(20_000);
  expect(time.quietUntil).toBe(-Infinity);
});

test('F50 A wall clock that is set back moves no deadline away.', async () => {
  const clock = manualClock();
  const time = new PassedTime(clock);
  const before = time.now();
  clock.stepWall(-3_600_000);

  await clock.advance(1_000);

  expect(time.now() - before).toBe(1_000);
});

test('A wall clock that runs a little fast or slow is no step.', () => {
  const clock = manualClock();
  const time = new PassedTime(clock);
  const before = time.now();

  clock.stepWall(900);

  expect(time.now()).toBe(before);
});

test('An instant has its wall time, before and after a step.', () => {
  const clock = manualClock();
  const time = new PassedTime(clock);
  const inAnHour = time.now() + 3_600_000;

  expect(time.wallAt(inAnHour)).toBe(clock.now() + 3_600_000);
  clock.suspend(600_000);
  expect(time.wallAt(inAnHour)).toBe(clock.now() + 3_000_000);
});
