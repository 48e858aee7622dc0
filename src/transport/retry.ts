/** The one retry loop: a few attempts inside one deadline, further apart each time. */
import { fullJitterMs } from '../base/backoff.js';
import { randomOf, type Clock } from '../base/clock.js';
import { parseRetryAfter } from '../base/retry-after.js';
import { withDeadline } from './deadline.js';
import { attemptTimedOut } from './failure.js';
import { ATTEMPT_TIMEOUT_MS } from './limits.js';
import { ownRequest } from './own-request.js';
import { errorOf, isRetryable, responseOf, type Outcome } from './retryable.js';
import type { HttpResponse, Transport, TransportRequest } from './transport.js';

/** How often, for how long, and for whom. All of it is spelt out: an absent name could be supplied by a polluted `Object.prototype`. */
export interface RetryPolicy {
  /** Whose time counts. */
  readonly clock: Clock;
  /** Attempts in all; three where it is `undefined`. */
  readonly attempts: number | undefined;
  /** How long one attempt may take, in milliseconds; as the limits have it where it is `undefined`. */
  readonly attemptTimeoutMs: number | undefined;
  /** The instant on the monotonic clock at which everything must be over. */
  readonly deadlineAt: number;
  /** What ends every attempt and every wait with its reason; asked for at each request. */
  readonly signal: () => AbortSignal | undefined;
  /** Whether the transport is known to end an attempt by `timeoutMs`, and when the signal of the request aborts: then nobody need watch it. */
  readonly keepsTime: boolean;
  /** Asked before each wait and after it: false while nobody waits for the answer. Where it is `undefined`, somebody does. */
  readonly mayRetry: (() => boolean) | undefined;
}

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
    const request = ownRequest(given);
    const signal = eitherSignal(policy.signal(), request.signal);
    for (let attempt = 0; ; attempt += 1) {
      let outcome: Outcome;
      try {
        outcome = { response: await attemptOnce(transport, policy, request, signal) };
      } catch (error) {
        signal?.throwIfAborted();
        outcome = { error };
      }
      const waitMs = isRetryable(outcome, request) ? delayBefore(attempt + 1, outcome, policy) : undefined;
      if (waitMs === undefined) return settled(outcome);
      await policy.clock.sleep(waitMs, signal);
      if (!isAllowed(policy) || leftMs(policy) <= 0) return settled(outcome);
    }
  };
}

/** One attempt, within its time even where the transport hears neither time nor signal. */
function attemptOnce(
  transport: Transport,
  policy: RetryPolicy,
  request: TransportRequest,
  signal: AbortSignal | undefined,
): Promise<HttpResponse> {
  signal?.throwIfAborted();
  const timeoutMs = timeoutOf(request, policy);
  const timedOut = (): Error => attemptTimedOut(request.url, timeoutMs, timeoutMs > 0);
  if (timeoutMs === 0) throw timedOut();
  if (policy.keepsTime) return transport(bounded(request, timeoutMs, signal));
  const bounds = { clock: policy.clock, timeoutMs, signals: [signal], timedOut };
  return withDeadline(bounds, (own) => transport(copyOf(request, timeoutMs, own)));
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
  if (signal === request.signal && timeoutMs === (request.timeoutMs ?? ATTEMPT_TIMEOUT_MS)) return request;
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
