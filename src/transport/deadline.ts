/** Bounds one piece of work in time: by a deadline and by the signals of those who wait for it. */
import { begin } from '../base/begin.js';
import type { Cancel, Clock } from '../base/clock.js';
import { rejectWith } from '../base/reject-with.js';
import { scheduleOn } from '../base/schedule.js';

/** What bounds the work. */
export interface DeadlineOptions {
  /** Whose time counts. */
  readonly clock: Clock;
  /** How long the work may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Aborting one of them ends the wait with its reason. */
  readonly signals: readonly (AbortSignal | undefined)[];
  /** The error for work that took too long. */
  readonly timedOut: () => Error;
}

/**
 * Does the work and settles as it does, or earlier when time is up or a signal aborts: the work then hears its own signal, but
 * is not waited for, whether it stops or hangs. With a signal already aborted no work is begun.
 */
export function withDeadline<T>(options: DeadlineOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  return bounded(
    options,
    () => work(controller.signal),
    (reason) => {
      controller.abort(reason);
    },
  );
}

/** The same for work that needs no signal, which is dear to make: `onStop` is called when the work is no longer waited for. */
export function bounded<T>(
  options: DeadlineOptions,
  work: () => Promise<T>,
  onStop: (reason: unknown) => void,
): Promise<T> {
  const { clock, timeoutMs, timedOut, signals } = options;
  return new Promise((resolve, reject) => {
    const aborted = signals.find((signal) => signal?.aborted === true);
    if (aborted !== undefined) return rejectWith(aborted.reason, reject);
    const hooks: Cancel[] = [];
    const unhook = (): void => {
      for (const hook of hooks) hook();
      hooks.length = 0;
    };
    const stop = (reason: unknown): void => {
      unhook();
      rejectWith(reason, reject);
      onStop(reason);
    };
    hooks.push(scheduleOn(clock, timeoutMs, () => stop(timedOut())));
    for (const signal of signals) if (signal !== undefined) hooks.push(onAbort(signal, stop));
    begin(work).then(
      (value) => {
        unhook();
        resolve(value);
      },
      (error: unknown) => {
        unhook();
        rejectWith(error, reject);
      },
    );
  });
}

function onAbort(signal: AbortSignal, stop: (reason: unknown) => void): Cancel {
  const listener = (): void => {
    stop(signal.reason);
  };
  signal.addEventListener('abort', listener, { once: true });
  return () => {
    signal.removeEventListener('abort', listener);
  };
}
