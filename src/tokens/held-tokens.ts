/** A token set as a cell holds it: with its life, counted by both clocks. */
import type { Clock } from '../base/clock.js';
import { RefreshError } from '../errors.js';
import type { Flight } from './flight.js';
import type { TokenSet } from './token-set.js';
import { instantOf, lifespanFrom, remainingMs, type Instant, type Lifespan } from './token-state.js';

/** An answer whose token is already expired is not asked for again sooner. */
const EXPIRED_ANSWER_PAUSE_MS = 1_000;

/** A token set and its life in one. Frozen: a cell swaps it whole. */
export class HeldTokens implements Lifespan {
  /** The tokens. */
  readonly tokens: TokenSet;
  /** When they were asked for, on the monotonic clock. */
  readonly since: number;
  /** See {@link Lifespan}; of no meaning for tokens that never end. */
  readonly monotonicExpiresAt: number;
  /** See {@link Lifespan}. */
  readonly windowMs: number;

  constructor(tokens: TokenSet, since: Instant, life: Lifespan | undefined) {
    this.tokens = tokens;
    // Whole milliseconds need no memory of their own in V8.
    this.since = Math.floor(since.monotonic);
    this.monotonicExpiresAt = life?.monotonicExpiresAt ?? 0;
    this.windowMs = life?.windowMs ?? 0;
    Object.freeze(this);
  }

  /** When they end, by the wall clock. */
  get expiresAt(): number {
    return this.tokens.accessToken.expiresAt ?? Infinity;
  }

  /** How long they live; `undefined` for ever. */
  get life(): Lifespan | undefined {
    return this.tokens.accessToken.expiresAt === undefined ? undefined : this;
  }
}

/** Tokens that are there from the start; nobody knows how long they were to live. */
export function heldFromStart(tokens: TokenSet, clock: Clock): HeldTokens {
  const now = instantOf(clock);
  const { expiresAt } = tokens.accessToken;
  return new HeldTokens(tokens, now, expiresAt === undefined ? undefined : lifespanFrom(now, expiresAt, undefined));
}

/**
 * Tokens that a flight has brought: their life counts from its start.
 * @throws RefreshError `token_already_expired`.
 */
export function heldFromFlight(tokens: TokenSet, flight: Flight, clock: Clock): HeldTokens {
  const { startedAt } = flight;
  const { expiresAt } = tokens.accessToken;
  if (expiresAt === undefined) return new HeldTokens(tokens, startedAt, undefined);
  flight.lookAtClocks();
  const life = lifespanFrom(startedAt, expiresAt, expiresAt - startedAt.wall, flight.furthestAhead);
  if (remainingMs(life, instantOf(clock)) <= 0) throw alreadyExpired(clock);
  return new HeldTokens(tokens, startedAt, life);
}

function alreadyExpired(clock: Clock): RefreshError {
  return new RefreshError(
    'token_already_expired',
    'The token source answered with a token that has already expired. Check both clocks.',
    {
      retryable: true,
      nextAttemptAt: clock.now() + EXPIRED_ANSWER_PAUSE_MS,
    },
  );
}
