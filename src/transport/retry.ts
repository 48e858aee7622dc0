/** The one retry loop: a few attempts inside one deadline, further apart each time. */
import { fullJitterMs } from '../base/backoff.js';
import { randomOf, type Clock } from '../base/clock.js';
import { ownOptions } from '../base/option-record.js';
import { parseRetryAfter } from '../base/retry-after.js';
import { withDeadline } from './deadline.js';
import { attemptTimedOut } from './failure.js';
import { ATTEMPT_TIMEOUT_MS } from './limits.js';
import { ownRequest } from './own-request.js';
import { errorOf, isRetryable, responseOf, type Outcome } from './retryable.js';
import type { HttpResponse, Transport, TransportRequest } from './transport.js';

/** How often, for how long, and for whom. */
export interface RetryPolicy {
  /** Whose time counts. */
  readonly clock: Clock;
  /**
   * Attempts in all.
   * @default 3
   */
  readonly attempts?: number | undefined;
  /**
   * How long one attempt may take, in milliseconds.
   * @default 10000
   */
  readonly attemptTimeoutMs?: number;
  /** The instant on the monotonic clock at which everything must be over. */
  readonly deadlineAt: number;
  /** Ends every attempt and every wait with its reason. It is read for each request. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether the transport is known to end an attempt by `timeoutMs`, and when the signal of the request aborts: then nobody need watch it.
   * @default false
   */
  readonly keepsTime?: boolean;
  /**
   * Asked before each wait and after it: false while nobody waits for the answer.
   * @default always true
   */
  readonly mayRetry?: () => boolean;
}

const NAMES = ['attempts', 'attemptTimeoutMs', 'clock', 'deadlineAt', 'keepsTime', 'mayRetry', 'signal'] as const;
const ATTEMPTS = 3;
const BASE_MS = 500;
const CAP_MS = 10_000;
const FLOOR_MS = 50;
/** Everybody was told the same Retry-After: up to this much more keeps them apart. */
const RETRY_AFTER_JITTER_MS = 500;

/**
 * A transport that sends again what failed for a while: transient statuses, network failures, and the OAuth words for them. What may
 * have reached the server is sent again only where the request allows it. A wait that would end after the deadline is not begun: the
 * last answer or error stands.
 */
export function retrying(transport: Transport, policy: RetryPolicy): Transport {
  return async (given) => {
    const [request, own] = [ownRequest(given), ownOptions(policy, NAMES)];
    const signal = eitherSignal(own.signal, request.signal);
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await attemptOnce(transport, own, request, signal);
      const waitMs = isRetryable(outcome, request) ? delayBefore(attempt + 1, outcome, own) : undefined;
      if (waitMs === undefined) return settled(outcome);
      await own.clock.sleep(waitMs, signal);
      if (!isAllowed(own) || leftMs(own) <= 0) return settled(outcome);
    }
  };
}

/** One attempt, within its time even where the transport hears neither time nor signal. */
async function attemptOnce(
  transport: Transport,
  policy: RetryPolicy,
  request: TransportRequest,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const timeoutMs = timeoutOf(request, policy);
  const timedOut = (): Error => attemptTimedOut(request.url, timeoutMs, timeoutMs > 0);
  try {
    signal?.throwIfAborted();
    if (timeoutMs === 0) throw timedOut();
    if (policy.keepsTime === true) return { response: await transport(bounded(request, timeoutMs, signal)) };
    const bounds = { clock: policy.clock, timeoutMs, signals: [signal], timedOut };
    return { response: await withDeadline(bounds, (own) => transport(copyOf(request, timeoutMs, own))) };
  } catch (error) {
    signal?.throwIfAborted();
    return { error };
  }
}

function timeoutOf(request: TransportRequest, policy: RetryPolicy): number {
  const { attemptTimeoutMs = ATTEMPT_TIMEOUT_MS } = policy;
  return Math.max(0, Math.min(attemptTimeoutMs, request.timeoutMs ?? attemptTimeoutMs, leftMs(policy)));
}

/** How long to wait before the next attempt; undefined where there shall be none. */
function delayBefore(attempt: number, outcome: Outcome, policy: RetryPolicy): number | undefined {
  if (attempt >= (policy.attempts ?? ATTEMPTS) || !isAllowed(policy)) return undefined;
  const { clock } = policy;
  const backoffMs = fullJitterMs(attempt - 1, {
    baseMs: BASE_MS,
    capMs: CAP_MS,
    floorMs: FLOOR_MS,
    random: randomOf(clock),
  });
  const header = responseOf(outcome)?.headers.get('retry-after') ?? null;
  const askedMs = parseRetryAfter(header, clock.now());
  const waitMs =
    askedMs === undefined ? backoffMs : Math.max(backoffMs, askedMs + RETRY_AFTER_JITTER_MS * randomOf(clock));
  return waitMs < leftMs(policy) ? waitMs : undefined;
}

function copyOf(request: TransportRequest, timeoutMs: number, signal: AbortSignal): TransportRequest {
  const headers = request.headers === undefined ? {} : { headers: Object.freeze({ ...request.headers }) };
  return bounded({ ...request, ...headers }, timeoutMs, signal);
}

function bounded(request: TransportRequest, timeoutMs: number, signal: AbortSignal | undefined): TransportRequest {
  return ownRequest(signal === undefined ? { ...request, timeoutMs } : { ...request, timeoutMs, signal });
}

function settled(outcome: Outcome): HttpResponse {
  const response = responseOf(outcome);
  if (response === undefined) throw errorOf(outcome);
  return response;
}

function leftMs({ deadlineAt, clock }: RetryPolicy): number {
  return deadlineAt - clock.monotonic();
}

function isAllowed({ mayRetry }: RetryPolicy): boolean {
  return mayRetry === undefined || mayRetry();
}

function eitherSignal(signal: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  return signal === undefined || other === undefined ? (signal ?? other) : AbortSignal.any([signal, other]);
}
