/** When a token is refreshed, and when a failed refresh is tried again: pure functions of a token's life, the time and a policy. */
import { MAX_RETRY_AFTER_MS } from '../../base/retry-after.js';
import { backoffMs, type BackoffPolicy } from '../keeping/backoff-type.js';

/** When to refresh, and how to retry. */
export interface RefreshPolicy {
  /** How long before its end a token is refreshed, in milliseconds. */
  readonly refreshBeforeMs: number;
  /** How long after it came it is refreshed at the latest, in milliseconds. */
  readonly refreshAfterMs: number | undefined;
  /**
   * Into how much of the lead, counted from its beginning, the refresh may fall by chance.
   * @default 0.25: 300 to 225 s before the end, where the credentials' own window begins
   */
  readonly jitterShare?: number | undefined;
  /** Failures in a row after which retries count as exhausted. */
  readonly maxRetries: number;
  /** The delays between retries. */
  readonly backoff: BackoffPolicy;
}

/** The life of a token that is held. Instants are all of one clock. */
export interface TokenLife {
  /** When it was asked for. */
  readonly receivedAt: number;
  /** When it ends; `undefined` where it never does. */
  readonly endsAt: number | undefined;
  /** Drawn once for the token, in `[0, 1)`: tokens that were minted together are not refreshed together. */
  readonly jitter: number;
  /** Whether the source gave the token that was held before: it has no newer one yet. */
  readonly isRepeated: boolean;
}

/** What a retry is worked out from. */
export interface Failure {
  /** Failures of this nature in a row, this one included. */
  readonly failures: number;
  /** `passing`: the same attempt may succeed later; `operator`: somebody has to repair something; `permanent`: somebody has to sign in anew. */
  readonly nature: 'passing' | 'operator' | 'permanent';
  /** How long an operator is given, in milliseconds. */
  readonly heldMs: number;
  /** The delay that backoff gave before; `undefined` where it begins. */
  readonly previousMs: number | undefined;
  /** Whether so many retries failed that they begin again. */
  readonly isExhausted: boolean;
  /** How long the token that is held lives in all, in milliseconds; 0 where there is none. */
  readonly lifetimeMs: number;
  /** How much of that is left. */
  readonly remainingMs: number;
  /** How long the issuer asks to be left alone, in milliseconds. */
  readonly askedMs: number;
  /** A number in `[0, 1)`. */
  readonly random: number;
}

/** A third of a short life. The credentials' own window is the last quarter, so that the server always comes first. */
const LEAD_SHARE = 1 / 3;
/** Half of a very short one: where attempts fail by chance, more of them fit in. From 30 s on a third is more than this by itself. */
const SHORT_LEAD_SHARE = 0.5;
const SHORT_LEAD_MS = 10_000;
const JITTER_SHARE = 0.25;
/** A source that gave the same token again is asked anew after this share of what is left: 300 s before the end, then 225. */
const REPEATED_SHARE = 0.25;
/** No token is refreshed faster than this, however short it lives. */
const REFRESH_FLOOR_MS = 250;
/** No plan reaches further; no token lives longer. */
const REFRESH_CEILING_MS = 366 * 86_400_000;
/** At least six attempts fit into what is left of a token… */
const RETRY_SHARE = 1 / 6;
/** …and at most so many into its life, in the limit of the floor. */
const RETRIES_IN_A_LIFE = 40;
const RETRY_FLOOR_MS = 50;
/** Somebody has to sign in anew; another process may have saved what came of it. */
const PERMANENT_BASE_MS = 15 * 60_000;
const RETRY_CEILING_MS = 6 * 3_600_000;
/** Everybody was told the same Retry-After. */
const RETRY_AFTER_JITTER_MS = 500;

/** How long until a token is refreshed, in milliseconds; `Infinity` where it never is. */
export function refreshDelayMs(life: TokenLife, now: number, policy: RefreshPolicy): number {
  const dueAt = Math.min(beforeEnd(life, now, policy), afterReceipt(life, policy));
  if (dueAt === Infinity) return Infinity;
  return Math.min(REFRESH_CEILING_MS, Math.max(REFRESH_FLOOR_MS, dueAt - now));
}

function beforeEnd({ receivedAt, endsAt, jitter, isRepeated }: TokenLife, now: number, policy: RefreshPolicy): number {
  if (endsAt === undefined) return Infinity;
  if (isRepeated) return now + (endsAt - now) * REPEATED_SHARE;
  const leadMs = Math.min(policy.refreshBeforeMs, longestLeadMs(endsAt - receivedAt));
  return endsAt - leadMs * (1 - jitter * (policy.jitterShare ?? JITTER_SHARE));
}

function longestLeadMs(lifeMs: number): number {
  return Math.max(lifeMs * LEAD_SHARE, Math.min(SHORT_LEAD_MS, lifeMs * SHORT_LEAD_SHARE));
}

/** Fleets that started together are spread over as much as they would be before the end. */
function afterReceipt({ receivedAt, jitter }: TokenLife, { refreshAfterMs, refreshBeforeMs }: RefreshPolicy): number {
  if (refreshAfterMs === undefined) return Infinity;
  return receivedAt + refreshAfterMs + jitter * JITTER_SHARE * Math.min(refreshBeforeMs, longestLeadMs(refreshAfterMs));
}

/** How long until a failed refresh is tried again, and what the next delay of the backoff is made from; both in milliseconds. */
export function retryDelay(
  failure: Failure,
  policy: RefreshPolicy,
): { readonly delayMs: number; readonly ownMs: number } {
  const { isExhausted, previousMs, random, askedMs: asked } = failure;
  const ownMs = isExhausted ? policy.backoff.maxMs : backoffMs(policy.backoff, previousMs, random);
  return { ownMs, delayMs: boundedRetryMs(Math.max(naturalMs(failure, ownMs, policy), asked)) };
}

/** Any delay between retries, kept within bounds. */
export function boundedRetryMs(delayMs: number): number {
  return Math.min(RETRY_CEILING_MS, Math.max(RETRY_FLOOR_MS, delayMs));
}

function naturalMs(failure: Failure, ownMs: number, policy: RefreshPolicy): number {
  switch (failure.nature) {
    case 'permanent':
      return PERMANENT_BASE_MS * 2 ** (failure.failures - 1);
    case 'operator':
      return failure.heldMs;
    case 'passing':
      return withinLifeMs(failure, ownMs, policy);
  }
}

function withinLifeMs({ lifetimeMs, remainingMs }: Failure, ownMs: number, { backoff }: RefreshPolicy): number {
  if (remainingMs <= 0) return ownMs;
  const floorMs = Math.min(backoff.minMs, lifetimeMs / RETRIES_IN_A_LIFE);
  return Math.min(ownMs, Math.max(floorMs, remainingMs * RETRY_SHARE));
}

/**
 * How long an issuer asks to be left alone, in milliseconds, with jitter; junk asks for nothing.
 * @param now Wall time, in milliseconds since the epoch.
 */
export function askedMs({ nextAttemptAt }: { readonly nextAttemptAt?: number }, now: number, random: number): number {
  const ms = nextAttemptAt === undefined ? 0 : nextAttemptAt - now;
  return ms > 0 ? Math.min(ms, MAX_RETRY_AFTER_MS) + RETRY_AFTER_JITTER_MS * random : 0;
}
