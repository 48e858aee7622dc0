/** Schedules on any clock. One of the user's own may be wrong: that must cost nobody more than an error. */
import { holdProcess, systemClock, type Cancel, type Clock } from './clock.js';

/**
 * Runs `run` once after `delayMs`, unless it is cancelled before.
 * @throws TypeError where the clock gives no way to cancel it.
 */
export function scheduleOn(clock: Clock, delayMs: number, run: () => void): Cancel {
  if (clock === systemClock) return clock.schedule(delayMs, run);
  let isOver = false;
  const cancel = clock.schedule(delayMs, () => {
    if (!isOver) run();
  });
  if (!isFunction(cancel)) {
    isOver = true;
    throw new TypeError('"schedule" of the clock must give a function that cancels what was scheduled');
  }
  return () => {
    isOver = true;
    attempt(cancel);
  };
}

/**
 * The same, and holds the process open until then: somebody is waiting for it. Whichever clock tells the time, what holds a process is
 * a timer of the machine.
 */
export function scheduleHolding(clock: Clock, delayMs: number, run: () => void): Cancel {
  if (clock === systemClock) return holdProcess(delayMs, run);
  const cancel = scheduleOn(clock, delayMs, run);
  const release = holdProcess(delayMs, () => undefined);
  return () => {
    cancel();
    release();
  };
}

function attempt(cancel: Cancel): void {
  try {
    cancel();
  } catch {
    // What cannot be cancelled runs into the void; whoever cancels it is done, and must not fail because of it.
  }
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}
