/** Books every token that came over the wire, and judges what callers were handed. */
import { subscribe } from 'node:diagnostics_channel';
import { gaxiosTransport, RefreshError, type HttpResponse, type RefreshEvent, type Transport } from 'credence';

/** What must be zero is zero in a run that passes. */
export interface Counts {
  /** Calls that got headers. */
  served: number;
  /** Headers with a token that was dead, or was never issued. Must be zero. */
  dead: number;
  /** Errors while a usable token was held. Must be zero. */
  needlessErrors: number;
  /** Errors while there was none: an outage longer than a token's life. */
  errors: number;
  /** Errors that came at once, and did not say when the next attempt is. Must be zero. */
  muteErrors: number;
  /** Calls that were not served at once while a usable token was held. Must be zero. */
  waits: number;
  /** The longest that a call took while a usable token was held, in milliseconds. */
  longestWaitMs: number;
}

const PREFIX = 'Bearer ';
/** A retry budget of 100, of which a failure takes 5, and which grows by 1 in a second. */
const BUDGET = 20;
const BUDGET_PER_SECOND = 0.2;
const REPEATS = 3;
/** So much earlier the library may think a token dead: it reads its clocks a little before the books are made. */
const TOLERANCE_MS = 10;

/** The books of one run. Times are on the monotonic clock. */
export class Ledger {
  readonly counts: Counts = {
    ...{ served: 0, dead: 0, needlessErrors: 0, errors: 0 },
    ...{ muteErrors: 0, waits: 0, longestWaitMs: 0 },
  };
  /** Tokens received. */
  mints: number = 0;
  /** Attempts sent. */
  attempts: number = 0;
  /** When the last token was received. */
  lastMintAt: number = 0;
  /** When the next attempt is due, by the last error that said so; on the wall clock. */
  nextAttemptAt: number | undefined;
  readonly #endOf: Map<string, number> = new Map();
  #usableUntil: number = 0;
  #flightBeganAt: number = 0;

  /** @param kind The kind of the credentials: no other ones are of that kind. */
  constructor(kind: string) {
    subscribe('tracing:credence:refresh:start', (event) => {
      if ((event as RefreshEvent).kind === kind) this.#flightBeganAt = performance.now();
    });
  }

  /** The default transport, with every token booked that passes through it. */
  transport(): Transport {
    const base = gaxiosTransport();
    return async (request) => {
      const sentAt = performance.now();
      this.attempts += 1;
      const answer = await base(request);
      this.#book(answer, sentAt);
      return answer;
    };
  }

  /** Whether a token is held that is still alive. */
  get hasUsableToken(): boolean {
    return this.usableForMs > 0;
  }

  /** For how long that one may still be used. */
  get usableForMs(): number {
    return this.#usableUntil - performance.now();
  }

  /** Judges the headers in the very moment in which they are set. */
  handed(authorization: string): void {
    this.counts.served += 1;
    const end = this.#endOf.get(authorization) ?? 0;
    if (performance.now() >= end) this.counts.dead += 1;
  }

  /**
   * Judges a failed call.
   * @param atOnce Whether it failed without an attempt.
   */
  failed(error: unknown, atOnce: boolean): void {
    if (this.hasUsableToken) this.counts.needlessErrors += 1;
    else this.counts.errors += 1;
    const nextAttemptAt = error instanceof RefreshError ? error.nextAttemptAt : undefined;
    if (atOnce && nextAttemptAt === undefined) this.counts.muteErrors += 1;
    this.nextAttemptAt = nextAttemptAt;
  }

  /** Takes note of how long a call took while a usable token was held. */
  servedWithin(ms: number, atOnce: boolean): void {
    if (!atOnce) this.counts.waits += 1;
    this.counts.longestWaitMs = Math.max(this.counts.longestWaitMs, ms);
  }

  /** So many attempts may have been sent: each mint, its refunded failure, and what the budget gives, each repeated while somebody waits. */
  mostAttempts(passedMs: number): number {
    return this.mints + REPEATS * (this.mints + BUDGET + Math.ceil((passedMs / 1_000) * BUDGET_PER_SECOND));
  }

  /** It lives at least so long from the attempt; the library counts from the beginning of the flight, retries included. */
  #book(answer: HttpResponse, sentAt: number): void {
    if (answer.status !== 200) return;
    const { access_token: token, expires_in: seconds } = JSON.parse(answer.body) as {
      access_token: string;
      expires_in: number;
    };
    this.#endOf.set(PREFIX + token, sentAt + seconds * 1000);
    this.#usableUntil = this.#flightBeganAt + seconds * 1000 - TOLERANCE_MS;
    this.mints += 1;
    this.lastMintAt = performance.now();
  }
}
