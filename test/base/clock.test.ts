import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { manualClock } from 'credence/testing';
import { nextTurn, randomOf, systemClock } from '../../src/base/clock.js';
import { heldBy } from '../fixtures/held-process.js';

const MAX_TIMER_MS = 2 ** 31 - 1;
const YEAR_MS = 365 * 86_400_000;

describe('The clock of the machine', () => {
  it('tells wall time in milliseconds since the epoch', () => {
    const before = Date.now();

    const now = systemClock.now();

    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('F50 tells a monotonic time that does not follow wall time', () => {
    const before = systemClock.monotonic();
    vi.spyOn(Date, 'now').mockReturnValue(0);

    const after = systemClock.monotonic();

    vi.restoreAllMocks();
    expect(after).toBeGreaterThanOrEqual(before);
    expect(after - before).toBeLessThan(60_000);
  });

  it('is frozen, and its functions may be used detached from it', async () => {
    const { now, monotonic, sleep, schedule } = systemClock;

    expect(Object.isFrozen(systemClock)).toBe(true);
    expect([now(), monotonic()]).toEqual([expect.any(Number), expect.any(Number)]);
    schedule(0, () => undefined)();
    await expect(sleep(0)).resolves.toBeUndefined();
  });

  it('F54 holds the process open for who sleeps, and not for what is scheduled', async () => {
    const before = heldBy();

    const cancel = systemClock.schedule(YEAR_MS, () => undefined);
    expect(heldBy()).toBe(before);
    cancel();

    const controller = new AbortController();
    const sleeping = systemClock.sleep(YEAR_MS, controller.signal);
    expect(heldBy()).toBe(before + 1);
    controller.abort('over');
    expect(heldBy()).toBe(before);
    await expect(sleeping).rejects.toBe('over');
  });
});

describe('What is scheduled', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it('runs once, when its time has come', () => {
    const run = vi.fn();
    systemClock.schedule(1_000, run);

    vi.advanceTimersByTime(999);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(10_000);

    expect(run).toHaveBeenCalledOnce();
  });

  it('does not run once it is cancelled, and may be cancelled again and too late', () => {
    const run = vi.fn();
    const cancel = systemClock.schedule(1_000, run);

    cancel();
    cancel();
    vi.advanceTimersByTime(10_000);

    expect(run).not.toHaveBeenCalled();
    const cancelLate = systemClock.schedule(1, run);
    vi.advanceTimersByTime(1);
    cancelLate();
    expect(run).toHaveBeenCalledOnce();
  });

  it.each([MAX_TIMER_MS, MAX_TIMER_MS + 1, YEAR_MS])(
    'F52 waits the whole of %i ms, in steps that timers take',
    (delayMs) => {
      const run = vi.fn();
      const set = vi.spyOn(globalThis, 'setTimeout');
      systemClock.schedule(delayMs, run);

      vi.advanceTimersByTime(delayMs - 1);
      expect(run).not.toHaveBeenCalled();
      vi.advanceTimersByTime(1);

      expect(run).toHaveBeenCalledOnce();
      const steps = set.mock.calls.map(([, stepMs]) => stepMs ?? 0);
      expect(Math.max(...steps)).toBeLessThanOrEqual(MAX_TIMER_MS);
    },
  );

  it('F52 can be cancelled in any of these steps', () => {
    const run = vi.fn();
    const cancel = systemClock.schedule(YEAR_MS, run);

    vi.advanceTimersByTime(MAX_TIMER_MS + 1);
    cancel();
    vi.advanceTimersByTime(YEAR_MS);

    expect(run).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('Who sleeps', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('wakes when the time is over, and leaves no listener behind', async () => {
    const { signal } = new AbortController();
    const woken = vi.fn();
    const sleeping = systemClock.sleep(1_000, signal).then(woken);

    await vi.advanceTimersByTimeAsync(999);
    expect(woken).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);

    await sleeping;
    expect(woken).toHaveBeenCalledOnce();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it.each([new Error('mine'), 'a text', null])(
    'F55 wakes with the signal’s own reason, %s, and leaves no timer',
    async (reason) => {
      const controller = new AbortController();
      const sleeping = systemClock.sleep(1_000, controller.signal);

      controller.abort(reason);

      await expect(sleeping).rejects.toBe(reason);
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it('F55 does not fall asleep where the signal has aborted before', async () => {
    await expect(systemClock.sleep(1_000, AbortSignal.abort('before'))).rejects.toBe('before');

    expect(vi.getTimerCount()).toBe(0);
  });

  it('F52 sleeps the whole of a time that is more than timers take', async () => {
    const woken = vi.fn();
    void systemClock.sleep(YEAR_MS).then(woken);

    await vi.advanceTimersByTimeAsync(YEAR_MS - 1);
    expect(woken).not.toHaveBeenCalled();

    await vi.advanceTimersByTimeAsync(1);
    expect(woken).toHaveBeenCalledOnce();
  });

  it('F55 wakes by the signal as well after its timer was armed anew', async () => {
    const abort = new AbortController();
    const sleeping = systemClock.sleep(YEAR_MS, abort.signal).catch((reason: unknown) => reason);
    await vi.advanceTimersByTimeAsync(MAX_TIMER_MS + 1);

    abort.abort('mine');

    expect(await sleeping).toBe('mine');
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('The next turn of the loop comes after all that was queued in this one', async () => {
  const order: string[] = [];

  const next = nextTurn().then(() => order.push('next'));
  process.nextTick(() => order.push('queued'));
  void Promise.resolve().then(() => order.push('queued'));
  await next;

  expect(order).toEqual(['queued', 'queued', 'next']);
});

describe('A jitter factor', () => {
  it('comes from the clock, where it has one', () => {
    expect(randomOf({ ...systemClock, random: () => 0.25 })).toBe(0.25);
    expect(randomOf({ ...manualClock(), random: () => 0 })).toBe(0);
  });

  it('comes from Math.random, where the clock has none', () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.75);

    const factor = randomOf(systemClock);

    vi.restoreAllMocks();
    expect(factor).toBe(0.75);
  });
});
