/** A clock that stands still until a test moves it: hours pass in milliseconds, in the same way in every run. */
import type { Clock } from '../../base/clock.js';
import { Credentials } from '../../credentials/credentials.js';
import { requireNumber } from '../arguments.js';
import { seededRandom } from '../faults/seeded-random.js';
import type { Checks } from '../option-reading.js';
import { readOptions } from '../option-reading.js';
import { MovedTime } from './moved-time.js';

/** Long past, so that a token of this clock looks expired to code that was not given the clock. */
const DEFAULT_NOW = Date.UTC(2025, 0, 1);

/** What a {@link manualClock} starts from. */
export interface ManualClockOptions {
  /**
   * Wall time at the start, in milliseconds since the epoch.
   * @default 2025-01-01T00:00:00Z
   */
  readonly now?: number;
  /**
   * Seed of the jitter that `random()` gives: the same seed gives the same sequence.
   * @default 1
   */
  readonly seed?: number;
}

/** A {@link Clock} that a test moves by hand. Its functions may be used detached from it. */
export interface ManualClock extends Clock {
  /** A number in `[0, 1)`, from a sequence that the seed fixes. */
  random(): number;
  /** How many scheduled timers and sleeps have not run yet. */
  readonly pending: number;
  /**
   * Lets `ms` pass: wall and monotonic time move together, and every timer that falls due runs at its own time, in order,
   * timers included that others set on the way. Promise chains settle before, between and after; work that waits for a
   * socket or a file does not, so await that itself. Calls made at once run one after the other.
   * @throws what a timer threw; time then stands where that timer was due.
   */
  advance(ms: number): Promise<void>;
  /** Moves wall time alone by `ms`, as a correction of the machine's clock does; negative steps go back. Nothing runs. */
  stepWall(ms: number): void;
  /** Sleeps like a closed laptop: wall time moves by `ms`, monotonic time and timers stand still. Nothing runs. */
  suspend(ms: number): void;
}

const CHECKS: Checks<ManualClockOptions> = { now: requireNumber, seed: requireNumber };

/**
 * Makes a clock that only moves when told to.
 * @throws TypeError for an option that there is none of, or of the wrong type.
 * @example
 * ```ts
 * const clock = manualClock();
 * const emulator = await startEmulator({ clock });
 * await clock.advance(3_600_000); // every token of the emulator has now expired
 * ```
 */
export function manualClock(options: ManualClockOptions = {}): ManualClock {
  const { now = DEFAULT_NOW, seed = 1 } = readOptions(options, CHECKS);
  const time = new MovedTime(now);
  const schedule: Clock['schedule'] = (delayMs, run) => time.schedule(delayMs, run);
  return Object.freeze({
    now: () => time.wall,
    monotonic: () => time.monotonic,
    schedule,
    sleep: (ms: number, signal?: AbortSignal) => sleepWith(schedule, ms, signal),
    random: seededRandom(seed),
    get pending() {
      return time.pending;
    },
    advance: async (ms: number) => {
      // No time passes while the first refresh is still being loaded. Where it cannot be, whoever refreshes is told.
      await Credentials.loadRefreshing().catch(() => undefined);
      await time.advance(ms);
    },
    stepWall: (ms: number) => {
      time.moveWall(requireNumber('ms', ms));
    },
    suspend: (ms: number) => {
      time.moveWall(requireNumber('ms', ms, 0));
    },
  });
}

function sleepWith(schedule: Clock['schedule'], ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject: (reason: unknown) => void) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = schedule(ms, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
