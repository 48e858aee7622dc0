/** Time that only passes: the monotonic clock, and what a machine slept besides. Deadlines are kept on it. */
import { randomOf, type Clock } from '../../base/clock.js';

/** The clocks drift apart by less than this; more is a step of the wall clock, or sleep. */
const STEP_MS = 1_000;
/** A whole fleet may have slept so long. */
const SLEEP_MS = 30_000;
/** What fell due while the machine slept is spread over this time. */
const WAKE_JITTER_MS = 5_000;

/**
 * Both clocks as one: where the wall clock runs ahead, as it does after sleep, this time jumps with it; where the wall clock is set back,
 * it goes on by the monotonic clock, so that no deadline moves away. A deadline that comes early by it costs one look; none comes late.
 */
export class PassedTime {
  readonly #clock: Clock;
  #skewMs: number;
  #sleptMs = 0;
  #quietUntil = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#skewMs = clock.now() - clock.monotonic();
  }

  /** Until this instant nothing is done that nobody waits for: others woke up as well. */
  get quietUntil(): number {
    return this.#quietUntil;
  }

  /** Milliseconds since some fixed instant. */
  now(): number {
    const monotonic = this.#clock.monotonic();
    const stepMs = this.#clock.now() - monotonic - this.#skewMs;
    if (Math.abs(stepMs) > STEP_MS) this.#noticeStep(stepMs, monotonic);
    return monotonic + this.#sleptMs;
  }

  /** The wall time of an instant of this time. */
  wallAt(instant: number): number {
    return Math.ceil(this.#clock.now() + (instant - this.now()));
  }

  #noticeStep(stepMs: number, monotonic: number): void {
    this.#skewMs += stepMs;
    if (stepMs < 0) return;
    this.#sleptMs += stepMs;
    if (stepMs > SLEEP_MS) this.#quietUntil = monotonic + this.#sleptMs + randomOf(this.#clock) * WAKE_JITTER_MS;
  }
}
