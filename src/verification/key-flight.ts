/** One attempt to fetch an issuer's keys, shared by everybody who needs them meanwhile. */
import { abandonable } from '../base/abandonable.js';
import type { Clock } from '../base/clock.js';
import { awaitedCall } from '../credentials/awaited-call.js';
import { FLIGHT_TIMEOUT_MS } from '../tokens/flight.js';
import type { FlightView } from '../tokens/flight.js';
import { instantOf, type Instant } from '../tokens/token-state.js';

/** A fetch under way. */
export class KeyFlight implements FlightView {
  /** When it began, on both clocks. */
  readonly startedAt: Instant;
  /** When its time is up, on the monotonic clock. */
  readonly deadlineAt: number;
  /** Never aborts: its deadline ends the flight, and no caller does. */
  readonly signal: AbortSignal = new AbortController().signal;
  readonly #over: Promise<void>;
  #waiters = 0;

  /** @param work What there is to do; it never rejects. */
  constructor(clock: Clock, work: (flight: KeyFlight) => Promise<void>) {
    this.startedAt = instantOf(clock);
    this.deadlineAt = this.startedAt.monotonic + FLIGHT_TIMEOUT_MS;
    // A microtask later, so that whoever starts the flight holds it before its work begins.
    this.#over = Promise.resolve().then(() => work(this));
  }

  /** Whether a caller is waiting for it. */
  get awaited(): boolean {
    return this.#waiters > 0;
  }

  /** Resolves when it is over, however it went; the caller's abort ends this wait and not the flight. It holds the process open meanwhile. */
  wait(signal: AbortSignal | undefined): Promise<void> {
    this.#waiters += 1;
    const waiting = abandonable(this.#over, signal, () => {
      this.#waiters -= 1;
    });
    return awaitedCall(waiting);
  }
}
