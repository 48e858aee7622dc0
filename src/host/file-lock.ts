/** A lock beside a file, honoured by all processes that use this library: taken, kept alive, taken over from the dead, given back. */
import { nameClasses } from '../base/class-name.js';
import { randomOf, type Cancel, type Clock } from '../base/clock.js';
import { scheduleOn } from '../base/schedule.js';
import { ConfigurationError } from '../errors.js';
import { fileError } from './file-errors.js';
import { sweepLeftovers } from './leftovers.js';
import { giveBack, readLock, takeFree, takeOver, touch, type LockEntry } from './lock-directory.js';
import { LockWatch } from './lock-watch.js';
import { pathOf, realTarget } from './paths.js';
import { entryName, holderOf, newHolder, type LockHolder } from './process-identity.js';

/** Options of {@link withFileLock}. */
export interface FileLockOptions {
  /** Where time is read. */
  readonly clock: Clock;
  /**
   * How long to wait for the lock, in milliseconds. A holder that died on another machine is taken over from after ten
   * seconds of silence, so that a shorter wait may end in {@link LockBusyError}.
   */
  readonly waitMs: number;
  /** Ends the waiting, rejecting with its reason. Work that has begun goes on. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether somebody waits for the work, asked before each wait. A wait holds the process open; where nobody waits, a lock
   * that is held is not waited for at all.
   * @default always true
   */
  readonly awaited?: (() => boolean) | undefined;
  /**
   * What earlier attempts have seen of this lock, so that a holder's silence counts across them.
   * @default nothing
   */
  readonly watch?: LockWatch | undefined;
}

/** Who waits for a lock, and until when. */
export type LockWait = Pick<FileLockOptions, 'awaited' | 'signal'>;

/** A lock that is held. */
export interface HeldLock {
  /** Whether it is still ours: a process that was stopped for long may have lost it. Ask before what cannot be undone. */
  isHeld(): Promise<boolean>;
}

/** Somebody else held the lock for the whole wait. Not public: callers say what it means to them. */
export class LockBusyError extends Error {
  /** The lock: the real path of the file with `.lock` at its end. */
  readonly lock: string;
  /** Who held it last, where that is known. */
  readonly holder: LockHolder | undefined;

  constructor(lock: string, holder: LockHolder | undefined) {
    super(`The lock ${lock} is held by ${holder === undefined ? 'another process' : `process ${holder.pid}`}.`);
    this.name = 'LockBusyError';
    this.lock = lock;
    this.holder = holder;
  }

  static {
    nameClasses({ LockBusyError: this });
  }
}

const HEARTBEAT_MS = 1_000;
const FIRST_POLL_MS = 5;
const LAST_POLL_MS = 100;

/**
 * Runs the work while no other process and no other task of this one holds the lock of that file. It is not reentrant:
 * taking it again within the work waits for itself. The file need not exist, but its directory must be writable.
 * @throws LockBusyError where it was not free within `waitMs`.
 * @throws ConfigurationError `file_unwritable` where no lock can be made there (no permission, read-only), `file_not_found`
 * where there is no such directory.
 */
export async function withFileLock<T>(
  path: string | URL,
  work: (lock: HeldLock) => Promise<T>,
  options: FileLockOptions,
): Promise<T> {
  const { clock } = options;
  const target = await targetOf(pathOf(path));
  const lock = `${target}.lock`;
  const entry = await acquire(lock, options);
  let stop: Cancel | undefined;
  try {
    stop = startHeartbeat(lock, entry, clock);
    await sweepLeftovers(target, lock, clock.now());
    return await work(Object.freeze({ isHeld: () => touch(lock, entry, clock.now()) }));
  } finally {
    stop?.();
    await giveBack(lock, entry);
  }
}

async function targetOf(path: string): Promise<string> {
  try {
    return await realTarget(path);
  } catch (error) {
    throw error instanceof ConfigurationError ? error : fileError('write', path, error);
  }
}

/** The name of our entry, once the lock is ours. */
async function acquire(lock: string, options: FileLockOptions): Promise<string> {
  const { clock, waitMs, signal, awaited, watch = new LockWatch(clock) } = options;
  const deadline = clock.monotonic() + waitMs;
  const entry = entryName(await newHolder());
  for (let attempt = 0; ; attempt += 1) {
    signal?.throwIfAborted();
    const rival = await readLock(lock);
    if (await tryTake(lock, rival, entry, watch, clock)) return entry;
    const leftMs = awaited?.() === false ? 0 : deadline - clock.monotonic();
    if (leftMs <= 0) throw new LockBusyError(lock, rival === undefined ? undefined : holderOf(rival.name));
    await clock.sleep(Math.min(leftMs, pollMs(attempt, clock)), signal);
  }
}

async function tryTake(
  lock: string,
  rival: LockEntry | undefined,
  entry: string,
  watch: LockWatch,
  clock: Clock,
): Promise<boolean> {
  if (rival === undefined) return await takeFree(lock, entry, clock.now());
  return (await watch.isGone(rival)) && (await takeOver(lock, rival.name, entry, clock.now()));
}

/** Half of the time is random, so that waiters do not march in step. */
function pollMs(attempt: number, clock: Clock): number {
  return Math.min(LAST_POLL_MS, FIRST_POLL_MS * 2 ** Math.min(attempt, 10)) * (0.5 + randomOf(clock) / 2);
}

function startHeartbeat(lock: string, entry: string, clock: Clock): Cancel {
  const beat = (): void => {
    cancel = scheduleOn(clock, HEARTBEAT_MS, beat);
    void touch(lock, entry, clock.now());
  };
  let cancel = scheduleOn(clock, HEARTBEAT_MS, beat);
  return () => {
    cancel();
  };
}
