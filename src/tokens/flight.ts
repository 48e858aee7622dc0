/** One attempt to get a token, shared by everybody who needs one meanwhile. */
import { abandonable } from '../base/abandonable.js';
import type { Cancel, Clock } from '../base/clock.js';
import { rejectWith } from '../base/reject-with.js';
import { scheduleHolding, scheduleOn } from '../base/schedule.js';
import { RefreshError } from '../errors.js';
import type { TokenSet } from './token-set.js';
import { instantOf, type Instant } from './token-state.js';

/** How long a flight may take in all, retries and waits included. */
export const FLIGHT_TIMEOUT_MS = 30_000;

/** What the work of a flight may know of it. */
export interface FlightView {
  /** Aborts when the flight's time is up. */
  readonly signal: AbortSignal;
  /**
   * Whether {@link FlightView.signal} aborts at the deadline and never earlier: whoever keeps to the deadline need not ask for it.
   * @default false
   */
  readonly abortsAtDeadline?: boolean;
  /** When its time is up, on the monotonic clock. */
  readonly deadlineAt: number;
  /** Whether a caller is waiting; a flight that nobody waits for makes one attempt and leaves the next to the hold-off. */
  readonly awaited: boolean;
  /** Looks at both clocks: a wall clock that steps forward and back while a request is out must not lengthen a life. */
  lookAtClocks?(): void;
}

/** A flight under way. It holds the process open while somebody waits for it, and not otherwise. */
export class Flight implements FlightView {
  /** When it began, on both clocks: the lifetime of what it brings counts from here. */
  readonly startedAt: Instant;
  /** Settles with its token set, with its failure, or with `timed_out` when its time is up. */
  readonly settled: Promise<TokenSet>;
  readonly #clock: Clock;
  #giveUp: ((error: RefreshError) => void) | undefined;
  #cancelTimer: Cancel | undefined;
  #timedOut: RefreshError | undefined;
  #controller: AbortController | undefined;
  #furthestAhead: Instant;
  #waiters = 0;
  #isCalling = false;
  #hasEnded = false;

  /** @param work Gets the token set, and takes it over even where the flight's time was up before. */
  constructor(clock: Clock, work: (flight: Flight) => Promise<TokenSet>) {
    this.#clock = clock;
    this.startedAt = instantOf(clock);
    this.#furthestAhead = this.startedAt;
    this.settled = new Promise((resolve, reject) => {
      this.#giveUp = reject;
      // A microtask later, so that whoever starts the flight holds it before its work begins.
      void Promise.resolve().then(async () => {
        try {
          if (this.#cancelTimer === undefined) this.#setTimer();
          resolve(await work(this));
        } catch (error) {
          rejectWith(error, reject);
        }
        this.#end();
      });
    });
  }

  /** When its time is up, on the monotonic clock. */
  get deadlineAt(): number {
    return this.startedAt.monotonic + FLIGHT_TIMEOUT_MS;
  }

  /** Aborts when the flight's time is up. It is made for whoever asks for it: most sources do not. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#timedOut !== undefined) this.#controller.abort(this.#timedOut);
    return this.#controller.signal;
  }

  /** Always `true`: whoever waits leaves without ending it. */
  get abortsAtDeadline(): true {
    return true;
  }

  /** Whether a caller is waiting for it. */
  get awaited(): boolean {
    return this.#waiters > 0;
  }

  /** The instant of those looked at so far at which the wall clock was the furthest ahead of the monotonic one. */
  get furthestAhead(): Instant {
    return this.#furthestAhead;
  }

  /** See {@link FlightView}. */
  lookAtClocks(): void {
    this.#furthestAhead = furtherAhead(this.#furthestAhead, instantOf(this.#clock));
  }

  /** Calls the source. What it asks of its own credentials before it first awaits something is refused: it would wait for itself. */
  calling<T>(source: () => T): T {
    this.#isCalling = true;
    try {
      return source();
    } finally {
      this.#isCalling = false;
    }
  }

  /** Hears of its end without being somebody for whom a request is repeated. */
  follow(signal?: AbortSignal): Promise<TokenSet> {
    return this.#isCalling ? Promise.reject(waitsForItself()) : abandonable(this.settled, signal);
  }

  /** Waits for it; the caller's abort ends this wait and not the flight. */
  wait(signal?: AbortSignal): Promise<TokenSet> {
    if (this.#isCalling) return Promise.reject(waitsForItself());
    this.#waiters += 1;
    if (this.#waiters === 1) this.#setTimer();
    if (signal === undefined) return this.settled;
    return abandonable(this.settled, signal, () => {
      this.#waiters -= 1;
      if (this.#waiters === 0) this.#setTimer();
    });
  }

  /** Node ends a process that nothing holds, though somebody waits in it; a refresh that nobody waits for must not hold one. */
  #setTimer(): void {
    if (this.#hasEnded) return;
    this.#cancelTimer?.();
    const leftMs = Math.max(0, this.deadlineAt - this.#clock.monotonic());
    const timeUp = (): void => this.#timeUp();
    this.#cancelTimer = this.awaited
      ? scheduleHolding(this.#clock, leftMs, timeUp)
      : scheduleOn(this.#clock, leftMs, timeUp);
  }

  #timeUp(): void {
    this.#end();
    this.#timedOut = timedOut();
    this.#giveUp?.(this.#timedOut);
    this.#controller?.abort(this.#timedOut);
  }

  #end(): void {
    this.#hasEnded = true;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}

/** The one of two instants at which the wall clock is further ahead of the monotonic one. */
function furtherAhead(one: Instant, other: Instant): Instant {
  return other.wall - other.monotonic > one.wall - one.monotonic ? other : one;
}

function timedOut(): RefreshError {
  const seconds = String(FLIGHT_TIMEOUT_MS / 1000);
  return new RefreshError(
    'timed_out',
    `No token within ${seconds} s. Check that the token source answers; the next call tries again.`,
    { retryable: true },
  );
}

function waitsForItself(): RefreshError {
  return new RefreshError(
    'source_failed',
    'fetchToken() asked its own credentials for a token, and so would have waited for itself. Ask other credentials, or none.',
  );
}
