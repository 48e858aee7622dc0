/** What was learnt through a transport is for those who gave the same one: nobody is made to believe what somebody else's answers. */
import type { Clock } from '../base/clock.js';
import type { RequestLike } from '../transport/transport.js';

const DEFAULT_TRANSPORT: object = Object.freeze({});

/** Something for each transport and each clock: nobody waits by a clock that somebody else has stopped, either. */
export class ByTransport<T> {
  readonly #made = new WeakMap<object, WeakMap<Clock, T>>();

  /** What there is for this transport, the default one where it is undefined, and this clock; made where there is nothing yet. */
  of(transport: RequestLike | undefined, clock: Clock, make: () => T): T {
    const key: object = transport ?? DEFAULT_TRANSPORT;
    const byClock = this.#made.get(key) ?? new WeakMap<Clock, T>();
    this.#made.set(key, byClock);
    const made = byClock.get(clock) ?? make();
    byClock.set(clock, made);
    return made;
  }
}
