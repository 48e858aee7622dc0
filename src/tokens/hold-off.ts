/** After a failure: until when nothing is attempted. Pure; times are on the monotonic clock. */
import { fullJitterMs } from '../base/backoff.js';
import { MAX_RETRY_AFTER_MS } from '../base/retry-after.js';
import { RefreshError } from '../errors.js';

/** What the last failures mean for the next attempt. */
export interface HoldOff {
  /** Failures in a row, of the same retryability: an outage does not count against whoever then has to repair something. */
  readonly failures: number;
  /** No attempt before this instant; `Infinity` where only a new refresh token or an explicit `refresh()` helps. */
  readonly until: number;
  /** The last failure. */
  readonly error: RefreshError;
  /** The generation of the grant that failed: another refresh token may fare better. */
  readonly generation: number | undefined;
}

/** What a hold-off is worked out from. */
export interface HoldOffContext {
  /** Now, on the monotonic clock. */
  readonly now: number;
  /** Milliseconds of life that the held token has left; zero or less where there is none. */
  readonly remainingMs: number;
  /** A number in `[0, 1)`. */
  readonly random: number;
  /** The generation of the grant that failed, where there is a grant. */
  readonly generation?: number | undefined;
  /** In how many milliseconds the error wants the next attempt, such as a Retry-After. It may be anything: users throw errors of their own. */
  readonly retryAfterMs?: number | undefined;
}

const BASE_MS = 500;
/** However short the life that is left, no loop runs hot. */
const FLOOR_MS = 50;
const CAP_MS = 60_000;
/** Callers are failing now, so an attempt must not be far away. */
const CAP_AFTER_EXPIRY_MS = 30_000;
/** At least four attempts fit into what is left of the token. */
const SHARE_OF_REMAINING = 0.25;
/** Up to this much keeps apart those who were told the same Retry-After. */
const RETRY_AFTER_JITTER_MS = 500;
/** Somebody has to repair something: asking often would only fill two logs. */
const OPERATOR_BASE_MS = 60_000;
const OPERATOR_CAP_MS = 15 * 60_000;

const PERMANENT: ReadonlySet<string> = new Set([
  'invalid_grant',
  'not_refreshable',
  'reauth_required',
  'revoked',
  'universe_unsupported',
]);

/** The hold-off that follows one more failure. */
export function holdOffAfter(error: RefreshError, previous: HoldOff | undefined, context: HoldOffContext): HoldOff {
  const failures = failuresLike(error, previous) + 1;
  const until = context.now + delayMs(error, failures, context);
  return Object.freeze({ failures, error, until, generation: context.generation });
}

/**
 * The error for a caller who comes while nothing is attempted: the last one's kind, and when the next attempt is due. Waiting alone
 * repairs nothing that it did not say would pass.
 */
export function heldOffError(holdOff: HoldOff, now: { wall: number; monotonic: number }): RefreshError {
  const { error, until } = holdOff;
  const { code, retryable } = error;
  if (until === Infinity) return error;
  const nextAttemptAt = Math.ceil(now.wall + (until - now.monotonic));
  const message = `${error.message} Nothing is attempted before ${new Date(nextAttemptAt).toISOString()}; refresh() asks at once.`;
  return new RefreshError(code, message, { ...detailsOf(error), nextAttemptAt, cause: error, retryable });
}

function failuresLike(error: RefreshError, previous: HoldOff | undefined): number {
  if (previous === undefined) return 0;
  return previous.error.retryable === error.retryable ? previous.failures : 0;
}

function delayMs(error: RefreshError, failures: number, context: HoldOffContext): number {
  // Whoever names a time for the next attempt knows of a cure that we cannot see, such as a sign-in in another program.
  if (PERMANENT.has(error.code) && error.nextAttemptAt === undefined) return Infinity;
  const exponent = failures - 1;
  if (!error.retryable) return operatorMs(exponent, context);
  const shareMs = Math.max(FLOOR_MS, context.remainingMs * SHARE_OF_REMAINING);
  const capMs = context.remainingMs > 0 ? Math.min(CAP_MS, shareMs) : CAP_AFTER_EXPIRY_MS;
  const backoffMs = fullJitterMs(exponent, { baseMs: BASE_MS, capMs, floorMs: FLOOR_MS, random: context.random });
  return Math.max(backoffMs, askedMs(context));
}

/** Where the cure is in another program it is looked for when that was named: the user has signed in, and expects things to go on. */
function operatorMs(exponent: number, { retryAfterMs = 0 }: HoldOffContext): number {
  const ownMs = Math.min(OPERATOR_CAP_MS, OPERATOR_BASE_MS * 2 ** exponent);
  return retryAfterMs > 0 ? Math.min(ownMs, Math.max(OPERATOR_BASE_MS, retryAfterMs)) : ownMs;
}

/** What was asked for, with jitter: everybody was told the same. Junk asks for nothing. */
function askedMs({ retryAfterMs = 0, random }: HoldOffContext): number {
  return retryAfterMs > 0 ? Math.min(retryAfterMs, MAX_RETRY_AFTER_MS) + RETRY_AFTER_JITTER_MS * random : 0;
}

function detailsOf(error: RefreshError): Pick<RefreshError, 'oauthError' | 'errorDescription' | 'subtype' | 'status'> {
  const { oauthError, errorDescription, subtype, status } = error;
  return {
    ...(oauthError === undefined ? {} : { oauthError }),
    ...(errorDescription === undefined ? {} : { errorDescription }),
    ...(subtype === undefined ? {} : { subtype }),
    ...(status === undefined ? {} : { status }),
  };
}
