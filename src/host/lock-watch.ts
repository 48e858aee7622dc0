/** Judges whether the holder of a lock is gone: by what is known of its process, and else by how long it has been silent. */
import type { Clock } from '../base/clock.js';
import type { LockEntry } from './lock-directory.js';
import { fateOf, holderOf } from './process-identity.js';

/** Ten heartbeats: a holder on another machine whose event loop is blocked for less keeps its lock. Measured by the waiter's own clock. */
const SILENCE_MS = 10_000;
/** A heartbeat this old by the wall clocks, which may disagree, is believed after a shorter silence. */
const OLD_MS = 60_000;
const SHORT_SILENCE_MS = 3_000;
/** Where a process id may have been reused, the holder may also be stopped. It writes by our own clock; a later heartbeat is as wrong as an old one. */
const DOUBTFUL_MS = 10 * 60_000;

/** What was seen of one lock, over as many attempts to take it as there are. */
export class LockWatch {
  readonly #clock: Clock;
  #seen: LockEntry | undefined;
  #since = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether the holder is gone. On this machine a process that lives is not, however silent it is. */
  async isGone(entry: LockEntry): Promise<boolean> {
    const silenceMs = this.#silenceOf(entry);
    const ageMs = this.#clock.now() - entry.heartbeatAt;
    const holder = holderOf(entry.name);
    const fate = holder === undefined ? 'elsewhere' : await fateOf(holder);
    switch (fate) {
      case 'alive':
        return false;
      case 'dead':
        return true;
      case 'doubtful':
        return silenceMs > SHORT_SILENCE_MS && Math.abs(ageMs) > DOUBTFUL_MS;
      case 'elsewhere':
        return silenceMs > (ageMs > OLD_MS ? SHORT_SILENCE_MS : SILENCE_MS);
    }
  }

  /** For how long its entry has not changed while we looked. */
  #silenceOf(entry: LockEntry): number {
    const now = this.#clock.monotonic();
    if (this.#seen?.name !== entry.name || this.#seen.heartbeatAt !== entry.heartbeatAt) {
      this.#seen = entry;
      this.#since = now;
    }
    return now - this.#since;
  }
}
