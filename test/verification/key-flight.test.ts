import { expect, test } from 'vitest';
import { manualClock } from 'credence/testing';
import { KeyFlight } from '../../src/verification/key-flight.js';
import { heldBy, whetherHeld } from '../fixtures/held-process.js';

test('It begins once whoever started it holds it, and ends with its work', async () => {
  const steps: string[] = [];

  const flight = new KeyFlight(manualClock(), async () => {
    steps.push('work');
  });
  steps.push('held');
  await flight.wait(undefined);

  expect(steps).toEqual(['held', 'work']);
});

test('It knows when it began, when its time is up, and whether somebody waits', async () => {
  const clock = manualClock();
  const flight = new KeyFlight(clock, async () => undefined);

  const before = flight.awaited;
  await flight.wait(undefined);

  expect([before, flight.awaited]).toEqual([false, true]);
  expect(flight.startedAt).toEqual({ wall: clock.now(), monotonic: clock.monotonic() });
  expect(flight.deadlineAt).toBe(clock.monotonic() + 30_000);
});

test('Who leaves ends their own wait, and not the flight', async () => {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((end) => {
    resolve = end;
  });
  const leaving = new AbortController();
  const flight = new KeyFlight(manualClock(), () => promise);
  const [left, stayed] = [flight.wait(leaving.signal), flight.wait(undefined)];

  leaving.abort(new Error('gone'));

  await expect(left).rejects.toThrow('gone');
  expect(flight.signal.aborted).toBe(false);
  expect(flight.awaited).toBe(true);
  resolve();
  await expect(stayed).resolves.toBeUndefined();
});

test('F82 It holds the process while somebody waits, and not for itself', async () => {
  const leaving = new AbortController();
  const before = heldBy();
  const flight = new KeyFlight(manualClock(), () => new Promise(() => undefined));
  const unawaited = heldBy();

  const held = await whetherHeld(
    () => flight.wait(leaving.signal),
    async () => leaving.abort(new Error('gone')),
  );

  expect(unawaited).toBe(before);
  expect(held).toEqual([true, false]);
});

test('When all have left, nobody waits', async () => {
  const leaving = new AbortController();
  const flight = new KeyFlight(manualClock(), () => new Promise(() => undefined));
  const left = flight.wait(leaving.signal);

  leaving.abort(new Error('gone'));

  await expect(left).rejects.toThrow('gone');
  expect(flight.awaited).toBe(false);
});
