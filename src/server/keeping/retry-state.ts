/** What failures in a row mean for one name: how many there were, and when the next attempt is due. Pure but for the user's own delay. */
import type { RefreshError } from '../../errors.js';
import { tell } from '../../tokens/events.js';
import { holdOffAfter, type HoldOff } from '../../tokens/hold-off.js';
import { askedMs, boundedRetryMs, retryDelay } from '../queues/schedule.js';
import type { ServerPlan } from '../server-plan.js';

/** What is remembered while attempts fail. */
export interface RetryState {
  /** Failures in a row since the retries began. */
  readonly retries: number;
  /** Failures in a row since there was a token. */
  readonly failures: number;
  /** The last failure, and when the next attempt is due. */
  readonly holdOff: HoldOff;
  /** Whether only another refresh token helps, so that callers are told the failure as it is. */
  readonly isPermanent: boolean;
  /** Whether so many retries failed that they begin again. */
  readonly isExhausted: boolean;
  /** What the backoff makes its next delay from. */
  readonly previousMs: number | undefined;
}

/** What the next attempt depends on. */
export interface RetryContext {
  /** How the token is kept. */
  readonly plan: ServerPlan;
  /** Now, by the time of all deadlines. */
  readonly now: number;
  /** Now, in milliseconds since the epoch. */
  readonly wall: number;
  /** How long the token that is held lives in all, in milliseconds; 0 where there is none. */
  readonly lifetimeMs: number;
  /** How much of that is left. */
  readonly remainingMs: number;
  /** A number in `[0, 1)`. */
  readonly random: number;
}

/** The state after one more failure. */
export function afterFailure(
  error: RefreshError,
  previous: RetryState | undefined,
  { plan, now, wall, lifetimeMs, remainingMs, random }: RetryContext,
): RetryState {
  const { maxRetries } = plan.policy;
  const retries = previous === undefined || previous.isExhausted ? 1 : previous.retries + 1;
  const isExhausted = retries >= maxRetries;
  const { nextAttemptAt } = error;
  const retryAfterMs = nextAttemptAt === undefined ? undefined : nextAttemptAt - wall;
  const judged = holdOffAfter(error, previous?.holdOff, { now, remainingMs, random, retryAfterMs });
  const isPermanent = judged.until === Infinity;
  const asked = askedMs(error, wall, random);
  const { delayMs, ownMs } = retryDelay(
    {
      failures: judged.failures,
      nature: isPermanent ? 'permanent' : error.retryable ? 'passing' : 'operator',
      heldMs: judged.until - now,
      previousMs: previous?.isExhausted === true ? undefined : previous?.previousMs,
      ...{ isExhausted, lifetimeMs, remainingMs, askedMs: asked, random },
    },
    plan.policy,
  );
  const ownDelayMs = error.retryable ? userDelayMs(plan, retries) : undefined;
  const until = now + (ownDelayMs === undefined ? delayMs : Math.max(ownDelayMs, asked));
  return Object.freeze({
    retries,
    failures: (previous?.failures ?? 0) + 1,
    holdOff: Object.freeze({ ...judged, until }),
    ...{ isPermanent, isExhausted, previousMs: ownMs },
  });
}

/** The user's own delay; where it cannot be used, the backoff stands. */
function userDelayMs({ retryDelay: ask }: ServerPlan, retry: number): number | undefined {
  if (ask === undefined) return undefined;
  try {
    const delayMs: unknown = ask(retry);
    if (typeof delayMs === 'number' && delayMs >= 0) return boundedRetryMs(delayMs);
    // A promise is no delay, and its rejection must not end the process.
    if (typeof delayMs === 'object' && delayMs !== null) void Promise.resolve(delayMs).catch(ignore);
    tell('hook_failed', 'The retryDelay hook gave no number of milliseconds; the backoff is used instead.');
  } catch (error) {
    tell('hook_failed', 'The retryDelay hook threw; the backoff is used instead.', error);
  }
  return undefined;
}

function ignore(): void {
  // It was told that the hook failed.
}
