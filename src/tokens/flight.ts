/** One attempt to get a token, shared by everybody who needs one meanwhile. */
import { abandonable } from '../base/abandonable.js';
import type { Clock } from '../base/clock.js';
import { RefreshError } from '../errors.js';
import { instantOf, type Instant } from './token-state.js';
import type { TokenSet } from './token-set.js';

/** How long a flight may take in all, retries and waits included. */
export const FLIGHT_TIMEOUT_MS = 30_000;

/** What the work of a flight may know of it. */
export interface FlightView {
  /** Aborts when the flight's time is up. */
  readonly signal: AbortSignal;
  /** When its time is up, on the monotonic clock. */
  readonly deadlineAt: number;
  /** Whether a caller is waiting; a flight that nobody waits for makes one attempt and leaves the next to the hold-off. */
  readonly awaited: boolean;
}

/** A flight under way. */
export class Flight implements FlightView {
  /** When it began, on both clocks: the lifetime of what it brings counts from here. */
  readonly startedAt: Instant;
  /** When its time is up, on the monotonic clock. */
  readonly deadlineAt: number;
  /** Settles with its token set, with its failure, or with `timed_out` when its time is up. */
  readonly settled: Promise<TokenSet>;
  readonly #controller = new AbortController();
  #awaited = false;

  /** @param work Gets the token set, and takes it over even where the flight's time was up before. */
  constructor(clock: Clock, work: (flight: Flight) => Promise<TokenSet>) {
    this.startedAt = instantOf(clock);
    this.deadlineAt = this.startedAt.monotonic + FLIGHT_TIMEOUT_MS;
    this.settled = new Promise((resolve, reject) => {
      const cancel = clock.schedule(FLIGHT_TIMEOUT_MS, () => {
        const error = timedOut();
        reject(error);
        this.#controller.abort(error);
      });
      // A microtask later, so that whoever starts the flight holds it before its work begins.
      void Promise.resolve()
        .then(() => work(this))
        .then(resolve, reject)
        .finally(cancel);
    });
  }

  /** Aborts when the flight's time is up. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether a caller is waiting for it. */
  get awaited(): boolean {
    return this.#awaited;
  }

  /** Waits for it; the caller's abort ends this wait and not the flight. */
  wait(signal?: AbortSignal): Promise<TokenSet> {
    this.#awaited = true;
    return abandonable(this.settled, signal);
  }
}

function timedOut(): RefreshError {
  const seconds = String(FLIGHT_TIMEOUT_MS / 1000);
  return new RefreshError(
    'timed_out',
    `No token within ${seconds} s. Check that the token source answers; the next call tries again.`,
    {
      retryable: true,
    },
  );
}
