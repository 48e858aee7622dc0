/** Takes what users hand over as `request`, and makes a transport of it that keeps to the rules. */
import { systemClock, type Clock } from '../base/clock.js';
import { ownOptions } from '../base/option-record.js';
import { safeError } from '../base/safe-error.js';
import { CredenceError } from '../errors.js';
import { checkedAnswer } from './answer-check.js';
import { transportThrew } from './client-failure.js';
import { kindOf } from './failure-kind.js';
import { failureOf } from './failure.js';
import { gaxiosLikeTransport } from './gaxios-like.js';
import { requireRequestLike } from './request-check.js';
import { secretsOf } from './request-secrets.js';
import { systemErrorIn } from './system-error.js';
import { parseTarget } from './target.js';
import type { RequestLike, Transport, TransportRequest } from './transport.js';

/**
 * The transport in it. A function is one, and checked in what it gives and throws. An object with a `request` method, such as a
 * `Gaxios`, is asked without redirects, retries and judgement of the status.
 * @throws TypeError where it is neither.
 */
export function toTransport(request: RequestLike, options: { readonly clock?: Clock } = {}): Transport {
  requireRequestLike(request, 'request');
  return typeof request === 'function'
    ? checkedTransport(request)
    : gaxiosLikeTransport(request, ownOptions(options, ['clock']).clock ?? systemClock);
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
    if (error instanceof CredenceError) throw safeError(error, secretsOf(request));
    const tells = kindOf(error, systemErrorIn(error)) !== undefined;
    throw tells ? failureOf(error, request.url) : transportThrew(error);
  }
}
