/** The lock of a credential file, as credentials see it: a lock that cannot be had is a refresh that failed for now. */
import type { Clock } from '../../base/clock.js';
import { ConfigurationError, RefreshError } from '../../errors.js';
import { LockBusyError, withFileLock, type HeldLock, type LockWait } from '../../host/file-lock.js';
import { LockWatch } from '../../host/lock-watch.js';

/** A refresh takes thirty seconds at most; another process that holds the lock for longer than this is not just refreshing. */
const LOCK_PATIENCE_MS = 20_000;

/** One file whose lock is taken again and again. */
export class LockedFile {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #watch: LockWatch;
  #held: HeldLock | undefined;

  constructor(path: string, clock: Clock) {
    this.#path = path;
    this.#clock = clock;
    this.#watch = new LockWatch(clock);
  }

  /** Whether the lock is ours now, for whoever of this process has taken it. */
  async isHeld(): Promise<boolean> {
    return (await this.#held?.isHeld()) ?? false;
  }

  /**
   * Does the work under the lock, handing it what holds it.
   * @param unlocked Done instead where the folder takes no lock.
   * @throws RefreshError `source_failed`, to be tried again, where another process holds it.
   */
  async exclusively<T>(
    work: (lock: HeldLock) => Promise<T>,
    wait: LockWait = {},
    unlocked?: () => Promise<T>,
  ): Promise<T> {
    let begun = false;
    const locked = async (lock: HeldLock): Promise<T> => {
      begun = true;
      this.#held = lock;
      try {
        return await work(lock);
      } finally {
        this.#held = undefined;
      }
    };
    try {
      const { awaited, signal } = wait;
      const patience = { clock: this.#clock, waitMs: LOCK_PATIENCE_MS, watch: this.#watch };
      return await withFileLock(this.#path, locked, { ...patience, awaited, signal });
    } catch (error) {
      if (!begun && unlocked !== undefined && error instanceof ConfigurationError) return await unlocked();
      throw error instanceof LockBusyError ? busy(this.#path, wait) : error;
    }
  }
}

/** The lock was taken by others while we held it: this process was stopped for long, or somebody removed the lock. */
export function lockLost(path: string): RefreshError {
  return new RefreshError(
    'source_failed',
    `The lock of ${path} was taken over by another process; nothing was sent. The next call begins anew.`,
    { retryable: true },
  );
}

function busy(path: string, { awaited }: LockWait): RefreshError {
  const message =
    awaited?.() === false
      ? `Another process holds the lock of ${path}, and nobody waits for this refresh: the next one tries again.`
      : `Another process has held the lock of ${path} for too long. Is it stuck?`;
  return new RefreshError('source_failed', message, { retryable: true });
}
