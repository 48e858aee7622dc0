import { expect, test } from 'vitest';
import { Lane } from '../../../src/server/queues/lane.js';

function aLane(freeAt: (now: number) => number, ...deadlines: number[]): Lane {
  const lane = new Lane({ freeAt });
  for (const deadline of deadlines) lane.deadlines.put({ rank: 0, place: -1, onDue: () => undefined }, deadline);
  return lane;
}

test('Without deadlines it is never ready, and never stalled.', () => {
  const lane = aLane(() => 2_000);

  expect(lane.readyAt(1_000)).toBe(Infinity);
  expect(lane.isStalled(1_000)).toBe(false);
});

test('Before its first deadline it is ready with that, whatever room there is now.', () => {
  const lane = aLane(() => 5_000, 3_000, 2_000);

  expect(lane.readyAt(1_000)).toBe(2_000);
  expect(lane.isStalled(1_000)).toBe(false);
});

test('F5 After it, it is ready when there is room, and stalled until then.', () => {
  expect(aLane((now) => now, 500).readyAt(1_000)).toBe(1_000);
  expect(aLane((now) => now, 500).isStalled(1_000)).toBe(false);
  expect(aLane(() => 1_250, 500).readyAt(1_000)).toBe(1_250);
  expect(aLane(() => 1_250, 500).isStalled(1_000)).toBe(true);
});
