/** How a token is kept: the part of a token server's options that every refresh goes by, checked. */
import { BACKOFF_TYPES, type BackoffPolicy } from './keeping/backoff-type.js';
import type { RefreshPolicy } from './queues/schedule.js';
import type { TokenServerOptions } from './server-options.js';

/** How a token is kept. Servers without options of their own share one. */
export interface ServerPlan {
  /** When to refresh, and how to retry. */
  readonly policy: RefreshPolicy;
  /** The user's own delays. */
  readonly retryDelay: ((retry: number) => number) | undefined;
}

/** The options that make a plan. */
type PlanOptions = Pick<
  TokenServerOptions,
  'refreshBeforeMs' | 'refreshAfterMs' | 'maxRetries' | 'retryDelay' | 'backoffMinMs' | 'backoffMaxMs' | 'backoffType'
>;

const PLANNED: readonly (keyof PlanOptions)[] = [
  ...(['refreshBeforeMs', 'refreshAfterMs', 'maxRetries', 'retryDelay'] as const),
  ...(['backoffMinMs', 'backoffMaxMs', 'backoffType'] as const),
];
const REFRESH_BEFORE_MS = 300_000;
const MAX_RETRIES = 20;
const BACKOFF_MIN_MS = 1_000;
const BACKOFF_MAX_MS = 30_000;

const DEFAULT_PLAN: ServerPlan = planOf({});

/**
 * The plan that the options make.
 * @throws TypeError naming the option, and what it must be.
 */
export function serverPlan(own: PlanOptions): ServerPlan {
  return PLANNED.some((name) => own[name] !== undefined) ? planOf(own) : DEFAULT_PLAN;
}

function planOf(own: PlanOptions): ServerPlan {
  const { refreshBeforeMs, refreshAfterMs, maxRetries = MAX_RETRIES, retryDelay } = own;
  if (refreshBeforeMs !== undefined && refreshAfterMs !== undefined)
    throw new TypeError('"refreshAfterMs" must not be given together with "refreshBeforeMs"');
  requireMs(refreshBeforeMs, 'refreshBeforeMs', 0);
  requireMs(refreshAfterMs, 'refreshAfterMs', 1);
  if (!Number.isSafeInteger(maxRetries) || maxRetries < 0)
    throw new TypeError('"maxRetries" must be a whole number that is not negative');
  if (retryDelay !== undefined && typeof retryDelay !== 'function')
    throw new TypeError('"retryDelay" must be a function');
  const backoff = backoffOf(own);
  const policy = Object.freeze({
    refreshBeforeMs: refreshBeforeMs ?? REFRESH_BEFORE_MS,
    refreshAfterMs,
    maxRetries,
    backoff,
  });
  return Object.freeze({ policy, retryDelay });
}

/** Where only one bound is given, it moves the other one along where it must. */
function backoffOf({ backoffMinMs, backoffMaxMs, backoffType = 'rand_exp' }: PlanOptions): BackoffPolicy {
  requireWholeMs(backoffMinMs, 'backoffMinMs');
  requireWholeMs(backoffMaxMs, 'backoffMaxMs');
  if (!BACKOFF_TYPES.includes(backoffType)) throw new TypeError('"backoffType" must be "exp", "rand" or "rand_exp"');
  const minMs = backoffMinMs ?? Math.min(BACKOFF_MIN_MS, backoffMaxMs ?? BACKOFF_MIN_MS);
  const maxMs = backoffMaxMs ?? Math.max(BACKOFF_MAX_MS, minMs);
  if (minMs > maxMs) throw new TypeError('"backoffMinMs" must not be greater than "backoffMaxMs"');
  return Object.freeze({ type: backoffType, minMs, maxMs });
}

function requireWholeMs(value: unknown, name: string): void {
  if (value !== undefined && !(Number.isSafeInteger(value) && Number(value) > 0))
    throw new TypeError(`"${name}" must be a positive whole number of milliseconds`);
}

function requireMs(value: unknown, name: string, leastMs: number): void {
  if (value !== undefined && !(typeof value === 'number' && Number.isFinite(value) && value >= leastMs))
    throw new TypeError(`"${name}" must be a number of milliseconds, ${String(leastMs)} or more`);
}
