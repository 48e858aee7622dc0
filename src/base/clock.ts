/**
 * The one door through which time and randomness enter the library.
 * Timers elsewhere would make tests slow, and processes hard to stop.
 */

/** Cancels what was scheduled. Calling it again, or after the run, does nothing. */
export type Cancel = () => void;

/** Where the library reads time from. Give your own to make tests deterministic: `manualClock()` of `credence/testing` is one. */
export interface Clock {
  /** Wall time in milliseconds since the epoch. It may jump. */
  now(): number;
  /** Milliseconds since some fixed instant. It never goes back, but may stand still while the machine sleeps. */
  monotonic(): number;
  /** Runs `run` once after `delayMs`; never holds the process open. Any length of delay is allowed. */
  schedule(delayMs: number, run: () => void): Cancel;
  /** Resolves after `ms`, or rejects with the signal's reason. Holds the process open: somebody is waiting for it. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * A number in `[0, 1)` for jitter; not for secrets.
   * @default Math.random
   */
  random?(): number;
}

/** Longest delay that Node's timers take; a longer one would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Read on first use: touching the global makes Node load `perf_hooks`, which every importer would wait for. */
let performance: typeof globalThis.performance | undefined;

/** The machine's own clock, used wherever no `clock` option is given. */
export const systemClock: Clock = Object.freeze({
  now: (): number => Date.now(),
  monotonic: (): number => (performance ??= globalThis.performance).now(),
  schedule: (delayMs: number, run: () => void): Cancel => startTimer(delayMs, run, false),
  sleep,
  random: (): number => Math.random(),
});

/** A jitter factor in `[0, 1)` from the clock, or from `Math.random` where the clock has none. */
export function randomOf(clock: Clock): number {
  return clock.random === undefined ? Math.random() : clock.random();
}

/** Runs `run` once after `delayMs` by a timer of the machine, and holds the process open until then. */
export function holdProcess(delayMs: number, run: () => void): Cancel {
  return startTimer(delayMs, run, true);
}

/** Resolves in the next turn of the event loop, however long that takes, and holds the process open until then. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function startTimer(delayMs: number, run: () => void, holdsProcess: boolean): Cancel {
  let cancelRest: Cancel | undefined;
  const timer =
    delayMs > MAX_TIMER_MS
      ? setTimeout(() => {
          cancelRest = startTimer(delayMs - MAX_TIMER_MS, run, holdsProcess);
        }, MAX_TIMER_MS)
      : setTimeout(run, delayMs);
  if (!holdsProcess) timer.unref();
  return () => {
    clearTimeout(timer);
    cancelRest?.();
  };
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => {
      cancel();
      reject(signal?.reason);
    };
    const wake = (): void => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    };
    const cancel = holdProcess(ms, wake);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
