/** Takes what users hand over as `request`, and makes a transport of it that keeps to the rules. */
import { systemClock, type Clock } from '../base/clock.js';
import { CredenceError } from '../errors.js';
import { checkedAnswer } from './answer-check.js';
import { transportThrew } from './client-failure.js';
import { kindOf } from './failure-kind.js';
import { failureOf } from './failure.js';
import { gaxiosLikeTransport } from './gaxios-like.js';
import { systemErrorIn } from './system-error.js';
import { parseTarget } from './target.js';
import type { GaxiosLike, RequestLike, Transport, TransportRequest } from './transport.js';

/** What else is known of a `request`. */
export interface RequestLikeContext {
  /** Where time is read. */
  readonly clock?: Clock;
  /** The name by which its giver knows it, for the `TypeError`. */
  readonly argument?: string;
}

/**
 * The transport in it. A function is one, and checked in what it gives and throws. An object with a `request` method, such as a
 * `Gaxios`, is asked without redirects, retries and judgement of the status.
 * @throws TypeError where it is neither.
 */
export function toTransport(request: RequestLike, context: RequestLikeContext = {}): Transport {
  if (typeof request === 'function') return checkedTransport(request);
  if (isGaxiosLike(request)) return gaxiosLikeTransport(request, context.clock ?? systemClock);
  throw new TypeError(
    `"${context.argument ?? 'request'}" must be a transport function or an object with a "request" method, such as a Gaxios`,
  );
}

function isGaxiosLike(value: unknown): value is GaxiosLike {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'request') === 'function';
}

function checkedTransport(transport: Transport): Transport {
  return async (request) => {
    parseTarget(request.url);
    request.signal?.throwIfAborted();
    return checkedAnswer(await asked(transport, request), request.url);
  };
}

async function asked(transport: Transport, request: TransportRequest): Promise<unknown> {
  try {
    return await transport(request);
  } catch (error) {
    request.signal?.throwIfAborted();
    if (error instanceof CredenceError) throw error;
    const tells = kindOf(error, systemErrorIn(error)) !== undefined;
    throw tells ? failureOf(error, request.url) : transportThrew(error);
  }
}
