/** What may be spent on failures at one issuer, whoever they concern: ten thousand tokens and one dead server must mean tens of requests. */

const CAPACITY = 100;
/** What an attempt costs that failed at once. */
const COST = 5;
/** An attempt that found no answer in time has cost both sides more. */
const TIMEOUT_COST = 10;
/** A success pays for one failure: an issuer that fails less than half of the time is not held back. */
const REFUND = 5;
const REFILL_PER_MS = 1 / 1_000;

/** A bucket that failures empty, and that time and successes fill again. Instants are all of one clock. */
export class RetryBudget {
  #left = CAPACITY;
  #countedAt: number;

  constructor(now: number) {
    this.#countedAt = now;
  }

  /** How much of it is left, from 0 to 1. */
  share(now: number): number {
    return this.#count(now) / CAPACITY;
  }

  /** When the next attempt may be paid for: now, or later. */
  opensAt(now: number): number {
    return now + Math.max(0, COST - this.#count(now)) / REFILL_PER_MS;
  }

  /** When nothing is left of past failures. */
  fullAt(now: number): number {
    return now + (CAPACITY - this.#count(now)) / REFILL_PER_MS;
  }

  /** Pays for a failure. */
  spend(now: number, timedOut: boolean): void {
    this.#left = Math.max(0, this.#count(now) - (timedOut ? TIMEOUT_COST : COST));
  }

  /** Takes note of a success. */
  refund(now: number): void {
    this.#left = Math.min(CAPACITY, this.#count(now) + REFUND);
  }

  #count(now: number): number {
    this.#left = Math.min(CAPACITY, this.#left + Math.max(0, now - this.#countedAt) * REFILL_PER_MS);
    this.#countedAt = now;
    return this.#left;
  }
}
