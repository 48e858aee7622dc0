import { describe, expect, test } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';

const HOUR = 3_600_000;

describe('manualClock', () => {
  test('starts at a fixed instant, or at the one given, with monotonic time at zero', () => {
    const clock = manualClock();

    expect(clock.now()).toBe(Date.UTC(2025, 0, 1));
    expect(clock.monotonic()).toBe(0);
    expect(manualClock({ now: 42 }).now()).toBe(42);
  });

  test('moves wall and monotonic time together when it advances', async () => {
    const clock = manualClock({ now: 1_000 });

    await clock.advance(250);

    expect([clock.now(), clock.monotonic()]).toEqual([1_250, 250]);
  });

  test('runs what falls due in order of time, each at its own time, and leaves the rest pending', async () => {
    const clock = manualClock({ now: 0 });
    const runs: [string, number][] = [];
    clock.schedule(30, () => runs.push(['c', clock.now()]));
    clock.schedule(10, () => runs.push(['a', clock.now()]));
    clock.schedule(10, () => runs.push(['b', clock.monotonic()]));
    clock.schedule(31, () => runs.push(['late', clock.now()]));

    await clock.advance(30);

    expect(runs).toEqual([
      ['a', 10],
      ['b', 10],
      ['c', 30],
    ]);
    expect(clock.pending).toBe(1);
  });

  test('drives a task that re-arms itself each 2 s through an hour of 1,800 runs', async () => {
    const clock = manualClock();
    let runs = 0;
    const arm = (): void => {
      clock.schedule(2_000, () => {
        runs += 1;
        arm();
      });
    };
    arm();

    await clock.advance(HOUR);

    expect(runs).toBe(1_800);
    expect(clock.pending).toBe(1);
  });

  test('lets promise chains settle between runs, so that a loop of sleeps is driven', async () => {
    const clock = manualClock({ now: 0 });
    const wakes: number[] = [];
    const loop = async (): Promise<void> => {
      for (let turn = 0; turn < 3; turn += 1) {
        await clock.sleep(100);
        await Promise.resolve().then(() => Promise.resolve());
        wakes.push(clock.now());
      }
    };
    const done = loop();

    await clock.advance(300);
    await done;

    expect(wakes).toEqual([100, 200, 300]);
  });

  test('drives code that sets its first timer in a later microtask than the call to advance', async () => {
    const clock = manualClock({ now: 0 });
    let woke = false;
    const task = Promise.resolve()
      .then(() => undefined)
      .then(() => clock.sleep(10))
      .then(() => (woke = true));

    await clock.advance(10);

    expect(woke).toBe(true);
    await task;
  });

  test('runs advances that are made at once one after the other', async () => {
    const clock = manualClock({ now: 0 });
    const seen: number[] = [];
    clock.schedule(5, () => seen.push(clock.now()));
    clock.schedule(15, () => seen.push(clock.now()));

    await Promise.all([clock.advance(10), clock.advance(10)]);

    expect(seen).toEqual([5, 15]);
    expect(clock.now()).toBe(20);
  });

  test('forgets a cancelled timer, and cancelling again or too late does nothing', async () => {
    const clock = manualClock();
    let runs = 0;
    const cancelFirst = clock.schedule(10, () => (runs += 1));
    const cancelSecond = clock.schedule(10, () => (runs += 1));

    cancelFirst();
    cancelFirst();
    await clock.advance(10);
    cancelSecond();

    expect(runs).toBe(1);
    expect(clock.pending).toBe(0);
  });

  test('rejects an advance with what a timer threw, and goes on from there at the next one', async () => {
    const clock = manualClock({ now: 0 });
    let later = false;
    clock.schedule(10, () => {
      throw new Error('thrown by the timer');
    });
    clock.schedule(20, () => (later = true));

    await expect(clock.advance(30)).rejects.toThrow('thrown by the timer');
    expect([clock.now(), later]).toEqual([10, false]);
    await clock.advance(10);

    expect([clock.now(), later]).toEqual([20, true]);
  });

  test('takes delays of any length, and runs a negative one at the next advance', async () => {
    const clock = manualClock();
    const runs: string[] = [];
    clock.schedule(-5, () => runs.push('past'));
    clock.schedule(2 ** 32, () => runs.push('far'));
    clock.schedule(Infinity, () => runs.push('never'));

    await clock.advance(2 ** 33);

    expect(runs).toEqual(['past', 'far']);
    expect(clock.pending).toBe(1);
  });

  test('steps wall time either way without moving monotonic time or running timers', () => {
    const clock = manualClock({ now: 10_000 });
    let runs = 0;
    clock.schedule(1, () => (runs += 1));

    clock.stepWall(5_000);
    clock.stepWall(-7_000);

    expect([clock.now(), clock.monotonic(), runs]).toEqual([8_000, 0, 0]);
  });

  test('stands still in monotonic time and timers while it is suspended', async () => {
    const clock = manualClock({ now: 0 });
    const runs: number[] = [];
    clock.schedule(1_000, () => runs.push(clock.now()));

    clock.suspend(8 * HOUR);
    await clock.advance(999);
    expect(runs).toEqual([]);
    await clock.advance(1);

    expect(runs).toEqual([8 * HOUR + 1_000]);
    expect(clock.monotonic()).toBe(1_000);
  });

  test('gives the same random numbers in [0, 1) for the same seed, and others for another', () => {
    const draw = (seed: number): number[] => {
      const clock = manualClock({ seed });
      return Array.from({ length: 100 }, () => clock.random());
    };

    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7).every((number) => number >= 0 && number < 1)).toBe(true);
    expect(new Set(draw(7)).size).toBe(100);
  });

  test('works detached from the object', async () => {
    const { now, schedule, advance } = manualClock({ now: 0 });
    let ranAt = -1;
    schedule(3, () => (ranAt = now()));

    await advance(3);

    expect(ranAt).toBe(3);
  });

  test('refuses a wrong argument with a TypeError that names it', async () => {
    const clock = manualClock();

    expect(() => manualClock({ now: Number.NaN })).toThrow(new TypeError('"now" must be a finite number'));
    expect(() => manualClock({ seed: 'x' as never })).toThrow(TypeError);
    expect(() => clock.schedule(Number.NaN, () => undefined)).toThrow(TypeError);
    expect(() => {
      clock.stepWall(Infinity);
    }).toThrow(TypeError);
    expect(() => {
      clock.suspend(-1);
    }).toThrow(new TypeError('"ms" must be a finite number of at least 0'));
    await expect(clock.advance(-1)).rejects.toThrow(TypeError);
  });
});

describe('sleep of a manual clock', () => {
  test('rejects with the reason of its signal, and leaves nothing pending', async () => {
    const clock = manualClock();
    const controller = new AbortController();
    const reason = new Error('no longer wanted');
    const sleeping = clock.sleep(1_000, controller.signal);

    controller.abort(reason);

    await expect(sleeping).rejects.toBe(reason);
    expect(clock.pending).toBe(0);
  });

  test('rejects at once where the signal has aborted already', async () => {
    const clock = manualClock();
    const reason = new Error('too late');

    const sleeping = clock.sleep(1_000, AbortSignal.abort(reason));

    await expect(sleeping).rejects.toBe(reason);
    expect(clock.pending).toBe(0);
  });

  test('resolves when its time has come, whatever its signal does later', async () => {
    const clock = manualClock();
    const controller = new AbortController();
    const sleeping = clock.sleep(10, controller.signal);

    await clock.advance(10);
    controller.abort();

    await expect(sleeping).resolves.toBeUndefined();
  });
});
