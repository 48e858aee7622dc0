import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Timeline } from '../../../src/testing/clock/timeline.js';

const nothing = (): void => undefined;

test('gives timers in order of due time, and those of one time in order of arrival', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (dueTimes) => {
      const timeline = new Timeline();
      const timers = dueTimes.map((dueAt) => ({ dueAt, run: nothing }));
      for (const timer of timers) timeline.add(timer);

      const taken = Array.from({ length: timers.length }, () => timeline.takeDue(20));

      expect(taken).toEqual(timers.toSorted((one, other) => one.dueAt - other.dueAt));
      taken.forEach((timer, place) => {
        const next = taken[place + 1];
        if (timer?.dueAt === next?.dueAt) expect(timers.indexOf(timer!)).toBeLessThan(timers.indexOf(next!));
      });
      expect(timeline.size).toBe(0);
    }),
  );
});

test('gives nothing that is due later than asked', () => {
  const timeline = new Timeline();
  timeline.add({ dueAt: 10, run: nothing });

  expect(timeline.takeDue(9)).toBeUndefined();
  expect(timeline.takeDue(10)?.dueAt).toBe(10);
});

test('takes out a cancelled timer and no other of the same time', () => {
  const timeline = new Timeline();
  const kept = { dueAt: 5, run: nothing };
  const cancel = timeline.add({ dueAt: 5, run: nothing });
  timeline.add(kept);

  cancel();

  expect(timeline.takeDue(5)).toBe(kept);
  expect(timeline.size).toBe(0);
});
