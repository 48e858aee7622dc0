/** A transport over a `Gaxios` of the user's, or anything with the same `request` method. */
import type { Clock } from '../base/clock.js';
import { safeError } from '../base/safe-error.js';
import { read } from '../base/thrown.js';
import { TransportError } from '../errors.js';
import { checkedAnswer } from './answer-check.js';
import { bodyText, readableHeaders } from './answer.js';
import { withDeadline } from './deadline.js';
import { attemptTimedOut, failureOf } from './failure.js';
import { ATTEMPT_TIMEOUT_MS, MAX_BODY_BYTES } from './limits.js';
import { ownRequest } from './own-request.js';
import { secretsOf } from './request-secrets.js';
import { chainOf } from './system-error.js';
import { parseTarget } from './target.js';
import type { GaxiosLike, HttpResponse, Transport, TransportRequest } from './transport.js';

/** Spelt out, because a client merges what it is given into its own defaults: nothing given would leave its retries on. */
const NO_RETRIES = {
  retry: 0,
  noResponseRetries: 0,
  httpMethodsToRetry: [],
  statusCodesToRetry: [],
  shouldRetry: () => false,
} as const;

/** Sends through the client with its redirects, retries and its judgement of a status switched off. Its proxy, agent and interceptors stay. */
export function gaxiosLikeTransport(client: GaxiosLike, clock: Clock): Transport {
  return async (given) => {
    const request = ownRequest(given);
    const { url, timeoutMs = ATTEMPT_TIMEOUT_MS } = request;
    parseTarget(url);
    const timedOut = (): Error => attemptTimedOut(url, timeoutMs, true);
    return await withDeadline({ clock, timeoutMs, signals: [request.signal], timedOut }, (signal) =>
      send(client, ownRequest({ ...request, timeoutMs, signal })),
    );
  };
}

async function send(client: GaxiosLike, request: TransportRequest): Promise<HttpResponse> {
  try {
    return answerOf(await client.request(clientOptions(request)), request.url);
  } catch (error) {
    const answer = answerIn(error);
    if (answer !== undefined) return answerOf(answer, request.url);
    const own = chainOf(error).find((link) => link instanceof TransportError);
    throw own === undefined ? failureOf(error, request.url) : safeError(own, secretsOf(request));
  }
}

function clientOptions(request: TransportRequest): object {
  const { url, method, headers, body, timeoutMs, signal, proxy } = request;
  return {
    url,
    method,
    headers: { ...headers },
    ...(body === undefined ? {} : { body, data: body }),
    signal,
    timeout: timeoutMs,
    retry: false,
    retryConfig: { ...NO_RETRIES },
    validateStatus: () => true,
    responseType: 'text',
    redirect: 'manual',
    follow: 0,
    maxRedirects: 0,
    // The word of node-fetch for the most that it reads. gaxios's own, maxContentLength, leaves a larger body hanging.
    size: MAX_BODY_BYTES,
    errorRedactor: false,
    ...(proxy === undefined ? {} : { proxy, noProxy: [new URL(url).hostname] }),
  };
}

function answerOf(response: unknown, url: string): HttpResponse {
  if (typeof response !== 'object' || response === null) return checkedAnswer(response, url);
  const body = bodyText(read(response, 'data'));
  return checkedAnswer(
    { status: read(response, 'status'), headers: readableHeaders(read(response, 'headers')), body },
    url,
  );
}

/** Some clients throw for a status whatever they are told; the answer then hangs on the error. */
function answerIn(error: unknown): object | undefined {
  const response = typeof error === 'object' && error !== null ? read(error, 'response') : undefined;
  if (typeof response !== 'object' || response === null) return undefined;
  return typeof read(response, 'status') === 'number' && read(response, 'data') !== undefined ? response : undefined;
}
