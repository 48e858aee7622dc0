import { describe, expect, it, vi } from 'vitest';
import { manualClock } from 'credence/testing';
import { systemClock, type Clock } from '../../src/base/clock.js';
import { scheduleHolding, scheduleOn } from '../../src/base/schedule.js';
import { heldBy } from '../fixtures/held-process.js';

const YEAR_MS = 365 * 86_400_000;

/** A clock whose `schedule` gives this. */
function clockGiving(schedule: (delayMs: number, run: () => void) => unknown): Clock {
  return { ...systemClock, schedule: schedule as Clock['schedule'] };
}

describe('What is scheduled while somebody waits', () => {
  it.each([
    ['the machine’s clock', systemClock],
    ['another clock', manualClock()],
  ])('F54 holds the process open until it is cancelled, by %s', (_, clock) => {
    const before = heldBy();

    const cancel = scheduleHolding(clock, YEAR_MS, () => undefined);

    expect(heldBy()).toBe(before + 1);
    cancel();
    expect(heldBy()).toBe(before);
  });

  it('runs at its time, by the clock that it was given to', async () => {
    const clock = manualClock();
    const ran: string[] = [];
    const cancels = [
      scheduleHolding(clock, 10_000, () => ran.push('manual')),
      scheduleHolding(systemClock, 0, () => ran.push('machine')),
    ];

    await expect.poll(() => ran.length).toBe(1);
    await clock.advance(10_000);

    expect(ran).toEqual(['machine', 'manual']);
    for (const cancel of cancels) cancel();
  });
});

describe("A clock of the user's own", () => {
  it('F82 must give a function that cancels; what it runs all the same does nothing', () => {
    const run = vi.fn();
    let late = (): void => undefined;
    const clock = clockGiving((_, given) => {
      late = given;
      return 7;
    });

    expect(() => scheduleOn(clock, 1_000, run)).toThrow(
      new TypeError('"schedule" of the clock must give a function that cancels what was scheduled'),
    );
    late();

    expect(run).not.toHaveBeenCalled();
  });

  it('F82 may fail to cancel: nobody hears of it, and it runs into the void', () => {
    const run = vi.fn();
    let late = (): void => undefined;
    const clock = clockGiving((_, given) => {
      late = given;
      return () => {
        throw new Error('cannot cancel');
      };
    });

    scheduleOn(clock, 1_000, run)();
    late();

    expect(run).not.toHaveBeenCalled();
  });

  it('runs what was not cancelled', async () => {
    const clock = manualClock();
    const run = vi.fn();
    scheduleOn(clock, 1_000, run);

    await clock.advance(1_000);

    expect(run).toHaveBeenCalledOnce();
  });
});
