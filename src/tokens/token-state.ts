/** When a token is fresh, stale or invalid: pure functions of its end, its refresh window and two clocks. */
import type { Clock } from '../base/clock.js';

/** `fresh`: use it; `stale`: still usable, and being replaced in the background; `invalid`: none, or expired. */
export type TokenState = 'fresh' | 'stale' | 'invalid';

/** Google's metadata server serves a cached token until 4 min before its end: asking earlier than 3 min 45 s would return the same one. */
export const REFRESH_WINDOW_MS = 225_000;

/** A short-lived token is refreshed in its last quarter, where the fixed window would be longer than that. */
const WINDOW_SHARE_OF_LIFETIME = 0.25;

/** When a token ends, by both clocks. The earlier one counts: a step of the wall clock must never lengthen a life. */
export interface Lifespan {
  /** By the wall clock, in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** By the monotonic clock, which does not step but may stand still while the machine sleeps. */
  readonly monotonicExpiresAt: number;
  /** How long before its end the token is stale. */
  readonly windowMs: number;
}

/** An instant on both clocks at once. */
export interface Instant {
  /** Milliseconds since the epoch. */
  readonly wall: number;
  /** Milliseconds on the monotonic clock. */
  readonly monotonic: number;
}

/** Reads both clocks. */
export function instantOf(clock: Clock): Instant {
  return { wall: clock.now(), monotonic: clock.monotonic() };
}

/** The refresh window for a lifetime in milliseconds, or for an unknown one. */
export function refreshWindowMs(lifetimeMs: number | undefined): number {
  return lifetimeMs === undefined
    ? REFRESH_WINDOW_MS
    : Math.min(REFRESH_WINDOW_MS, lifetimeMs * WINDOW_SHARE_OF_LIFETIME);
}

/**
 * The life of a token that ends at `expiresAt`, counted from an instant; `lifetimeMs` only where it is really known.
 * Where the wall clock stepped forward between `start` and `received`, that step is no part of the life.
 */
export function lifespanFrom(
  start: Instant,
  expiresAt: number,
  lifetimeMs: number | undefined,
  received: Instant = start,
): Lifespan {
  const endFrom = ({ wall, monotonic }: Instant): number => monotonic + (expiresAt - wall);
  return {
    expiresAt,
    // Whole milliseconds need no memory of their own in V8; the earlier one, since a life must never be lengthened.
    monotonicExpiresAt: Math.floor(Math.min(endFrom(start), endFrom(received))),
    windowMs: refreshWindowMs(lifetimeMs),
  };
}

/** Milliseconds of life left, by the clock on which the token ends earlier. */
export function remainingMs(life: Lifespan, now: Instant): number {
  return Math.min(life.expiresAt - now.wall, life.monotonicExpiresAt - now.monotonic);
}

/** How far the wall clock has run ahead of the monotonic one since the token was received: a step, or sleep. */
export function clockSkewMs(life: Lifespan, now: Instant): number {
  return life.monotonicExpiresAt - now.monotonic - (life.expiresAt - now.wall);
}

/** The state of a token with so much life left. Both bounds are inclusive, as google-auth has them. */
export function stateOf(leftMs: number, windowMs: number): TokenState {
  if (leftMs <= 0) return 'invalid';
  return leftMs <= windowMs ? 'stale' : 'fresh';
}
