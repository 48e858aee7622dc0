/** A token set as a cell holds it: with its life, counted by both clocks. */
import type { Clock } from '../base/clock.js';
import type { TokenSet } from './token-set.js';
import { instantOf, lifespanFrom, type Instant, type Lifespan } from './token-state.js';

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
