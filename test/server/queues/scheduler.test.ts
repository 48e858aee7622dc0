import { expect, test, vi } from 'vitest';
import { manualClock } from 'credence/testing';
import type { Room, Scheduled } from '../../../src/server/queues/lane.js';
import { PassedTime } from '../../../src/server/queues/passed-time.js';
import { Scheduler, type Rooms } from '../../../src/server/queues/scheduler.js';
import { DAY_MS, HOUR_MS } from '../../fixtures/token-server.js';

const ROOM: Room = { freeAt: (now) => now };
const ROOMS: Rooms = { prompt: ROOM, patient: ROOM };

function aScheduler(rooms: Partial<Rooms> = {}) {
  const clock = manualClock();
  const time = new PassedTime(clock);
  const schedule = vi.fn(clock.schedule);
  const scheduler = new Scheduler({ ...clock, schedule }, time, { ...ROOMS, ...rooms });
  return { clock, time, schedule, scheduler };
}

type Item = Scheduled & { canWait: boolean; readonly onDue: ReturnType<typeof vi.fn> };

function anItem(onDue: () => void = () => undefined, canWait = false): Item {
  return { rank: 0, place: -1, canWait, onDue: vi.fn(onDue) };
}

test('What is due is called, oldest deadline first, and once.', async () => {
  const { clock, time, scheduler } = aScheduler();
  const order: string[] = [];
  scheduler.plan(
    anItem(() => order.push('late')),
    time.now() + 2_000,
  );
  scheduler.plan(
    anItem(() => order.push('early')),
    time.now() + 1_000,
  );

  await clock.advance(999);
  expect(order).toEqual([]);
  await clock.advance(DAY_MS);

  expect(order).toEqual(['early', 'late']);
});

test('F58 However many deadlines there are, there is one timer.', async () => {
  const { clock, time, scheduler } = aScheduler();

  for (let index = 0; index < 1_000; index += 1) scheduler.plan(anItem(), time.now() + 1_000 + index);

  expect(clock.pending).toBe(1);
  expect(scheduler.size).toBe(1_000);
  await clock.advance(5_000);
  expect(clock.pending).toBe(0);
});

test('F51 F52 No timer runs for more than thirty seconds, however far the deadline is.', async () => {
  const { clock, time, schedule, scheduler } = aScheduler();
  const item = anItem();
  scheduler.plan(item, time.now() + HOUR_MS);

  await clock.advance(HOUR_MS - 1);

  expect(Math.max(...schedule.mock.calls.map(([delayMs]) => delayMs))).toBe(30_000);
  expect(item.onDue).not.toHaveBeenCalled();
  await clock.advance(1);
  expect(item.onDue).toHaveBeenCalledTimes(1);
});

test('F51 What fell due during sleep is called within 35 seconds.', async () => {
  const { clock, time, scheduler } = aScheduler();
  const item = anItem();
  scheduler.plan(item, time.now() + HOUR_MS);
  clock.suspend(2 * HOUR_MS);

  await clock.advance(35_000);

  expect(item.onDue).toHaveBeenCalledTimes(1);
});

test('A deadline can be moved, and taken away.', async () => {
  const { clock, time, scheduler } = aScheduler();
  const [moved, dropped, never] = [anItem(), anItem(), anItem()];
  scheduler.plan(moved, time.now() + 5_000);
  scheduler.plan(moved, time.now() + 1_000);
  scheduler.plan(dropped, time.now() + 1_000);
  scheduler.drop(dropped);
  scheduler.plan(never, time.now() + 1_000);
  scheduler.plan(never, Infinity);

  await clock.advance(1_000);

  expect(moved.onDue).toHaveBeenCalledTimes(1);
  await clock.advance(DAY_MS);
  expect(moved.onDue).toHaveBeenCalledTimes(1);
  expect(dropped.onDue).not.toHaveBeenCalled();
  expect(never.onDue).not.toHaveBeenCalled();
});

test('F54 With nothing to do there is no timer.', () => {
  const { clock, time, scheduler } = aScheduler();
  const item = anItem();
  scheduler.plan(item, time.now() + 1_000);

  scheduler.drop(item);

  expect(clock.pending).toBe(0);
});

test('Ten thousand deadlines that come at once are met in slices, between which others get their turn.', async () => {
  const { clock, time, schedule, scheduler } = aScheduler();
  let called = 0;
  const perTimer: number[] = [];
  schedule.mockImplementation((delayMs, run) =>
    clock.schedule(delayMs, () => {
      const before = called;
      run();
      perTimer.push(called - before);
    }),
  );
  for (let index = 0; index < 10_000; index += 1)
    scheduler.plan(
      anItem(() => (called += 1)),
      time.now(),
    );

  await clock.advance(0);

  expect(called).toBe(10_000);
  expect(Math.max(...perTimer)).toBeLessThanOrEqual(64);
});

test('Where there is no room nothing is called and no timer runs hot, until there is room again.', async () => {
  let room = 2;
  const freeAt = (now: number): number => (room > 0 ? now : now + 60_000);
  const { clock, time, schedule, scheduler } = aScheduler({ prompt: { freeAt } });
  const items = Array.from({ length: 3 }, () => anItem(() => (room -= 1)));
  for (const [index, item] of items.entries()) scheduler.plan(item, time.now() + index);
  await clock.advance(29_000);
  const timers = schedule.mock.calls.length;
  expect(items.map((item) => item.onDue.mock.calls.length)).toEqual([1, 1, 0]);

  room = 1;
  scheduler.resume();
  await clock.advance(0);

  expect(items[2]?.onDue).toHaveBeenCalledTimes(1);
  expect(timers).toBeLessThanOrEqual(4);
});

test('Where there is room from some time on, it is used then, by itself.', async () => {
  const { clock, time, scheduler } = aScheduler({ prompt: { freeAt: (now) => Math.max(now, from) } });
  const from = time.now() + 250;
  const item = anItem();
  scheduler.plan(item, time.now());

  await clock.advance(249);
  const before = item.onDue.mock.calls.length;
  await clock.advance(1);

  expect([before, item.onDue.mock.calls.length]).toEqual([0, 1]);
});

test('F5 What can wait comes after what cannot, and holds it up neither by its number nor where it has no room.', async () => {
  const { clock, time, scheduler } = aScheduler({ patient: { freeAt: (now) => now + 1_000 } });
  const patient = Array.from({ length: 1_000 }, () => anItem(undefined, true));
  const prompt = anItem();
  for (const item of patient) scheduler.plan(item, time.now() - 1_000);
  scheduler.plan(prompt, time.now() + 10);

  await clock.advance(10);

  expect(prompt.onDue).toHaveBeenCalledTimes(1);
  expect(patient.every(({ onDue }) => onDue.mock.calls.length === 0)).toBe(true);
  expect(clock.pending).toBe(1);
});

test('What can wait no longer changes its lane with its next deadline, and stands in one at a time.', async () => {
  const { clock, time, scheduler } = aScheduler({ patient: { freeAt: (now) => now + 1_000 } });
  const item = anItem(undefined, true);
  scheduler.plan(item, time.now());
  item.canWait = false;

  scheduler.plan(item, time.now() + 1);
  await clock.advance(1);

  expect(item.onDue).toHaveBeenCalledTimes(1);
  expect(scheduler.size).toBe(0);
  expect(clock.pending).toBe(0);
});

test('An item that throws does not stop the others.', () => {
  const clock = manualClock();
  let run: () => void = () => undefined;
  const manual = { ...clock, schedule: (_delayMs: number, next: () => void) => ((run = next), () => undefined) };
  const time = new PassedTime(clock);
  const scheduler = new Scheduler(manual, time, ROOMS);
  const other = anItem();
  scheduler.plan(
    anItem(() => {
      throw new Error('broken');
    }),
    time.now() - 1,
  );
  scheduler.plan(other, time.now());

  expect(() => run()).toThrow('broken');
  run();

  expect(other.onDue).toHaveBeenCalledTimes(1);
});
