/** Calls something with the newest there is to say: one call at a time, and what has not begun gives way to what is newer. */
import { nameClasses } from '../../base/class-name.js';
import type { Cancel, Clock } from '../../base/clock.js';
import { scheduleOn } from '../../base/schedule.js';

/** A call that is silent for this long is given up, so that it does not hold up newer ones for ever. */
const GIVEN_UP_MS = 60_000;
/** Each call that is given up may still be running, so that the next one gets more time, up to this. */
const LAST_GIVEN_UP_MS = 10 * 60_000;

/** There was no answer in time. */
export class Silence extends Error {
  override readonly name = 'Silence';

  static {
    nameClasses({ Silence: this });
  }
}

interface Call {
  /** Tells it that there is something newer. */
  readonly supersede: () => void;
  /** Resolves when it has ended or was given up. */
  readonly over: Promise<void>;
  /** The call that is waiting for it to be over. */
  successor: Promise<void> | undefined;
}

/** A line of two at most: the call under way, and the one that follows it. */
export class LatestCall {
  readonly #clock: Clock;
  readonly #begin: (signal: AbortSignal) => Promise<void>;
  #current: Call | undefined;
  #givenUp = 0;

  /** @param begin Says the newest there is to say then. The signal aborts when there is something newer: what waits may leave. */
  constructor(clock: Clock, begin: (signal: AbortSignal) => Promise<void>) {
    this.#clock = clock;
    this.#begin = begin;
  }

  /**
   * Settles as the next call does that begins, at once or after the one under way. A call that fails and has a successor
   * settles as that does. Rejects with {@link Silence} where the call was given up.
   */
  next(): Promise<void> {
    const current = this.#current;
    if (current === undefined) return this.#start();
    current.supersede();
    current.successor ??= current.over.then(() => this.#start());
    return current.successor;
  }

  #start(): Promise<void> {
    const controller = new AbortController();
    const begun = Promise.resolve().then(() => this.#begin(controller.signal));
    const outcome = this.#unlessSilent(begun);
    const call: Call = {
      supersede: () => controller.abort(),
      over: outcome.then(ignore, ignore),
      successor: undefined,
    };
    this.#current = call;
    void call.over.then(() => {
      // A successor hears of it right after this, and begins before anybody else can.
      this.#current = undefined;
    });
    return outcome.catch((error: unknown) => {
      if (call.successor === undefined) throw error;
      return call.successor;
    });
  }

  #unlessSilent(begun: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const patienceMs = Math.min(LAST_GIVEN_UP_MS, GIVEN_UP_MS * 2 ** this.#givenUp);
      const cancel: Cancel = scheduleOn(this.#clock, patienceMs, () => {
        this.#givenUp += 1;
        reject(new Silence());
      });
      const ended = (): void => {
        cancel();
        this.#givenUp = 0;
      };
      begun.finally(ended).then(resolve, reject);
    });
  }
}

function ignore(): void {
  // Whoever asked for the call hears of its failure.
}
