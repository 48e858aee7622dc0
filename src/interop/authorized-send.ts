/** Sends a request with a token, and once more with another where the API rejects the first. */
import type { Credentials } from '../credentials/credentials.js';
import type { RequestLike } from '../transport/transport.js';
import { noteAccepted, noteRefused, wasAccepted } from './accepted-tokens.js';
import type { Outgoing } from './outgoing.js';
import { isReplayable } from './request-body.js';

/** Sends a request once, as it is. */
export type Send = (request: Outgoing) => Promise<Response>;

/** What a token is got from. */
export interface TokenSource {
  readonly credentials: Credentials;
  /** How to send token requests. */
  readonly request: RequestLike | undefined;
}

interface Attempt {
  readonly response: Response;
  readonly token: string | undefined;
}

const SCHEME = 'Bearer ';

/** The answer to the request, the second one where the first was a 401 that another token may help against. */
export async function sendAuthorized(request: Outgoing, bare: Send, source: TokenSource): Promise<Response> {
  const { credentials } = source;
  const { response, token } = await attempt(request, bare, source);
  if (response.status !== 401 || token === undefined) return response;
  const canReplay = isReplayable(request.body);
  // What cannot be replayed shows nothing of the next token either.
  const accepted = canReplay && wasAccepted(credentials, request.url.origin, token);
  // Where the token is still held, fresh ones keep being refused or there is no other: the caller is told.
  const isHeld = !credentials.invalidate(token, { wasAccepted: accepted }) && credentials.token === token;
  if (isHeld || !canReplay) return response;
  await discard(response);
  const second = await attempt(request, bare, source);
  if (second.response.status === 401 && second.token !== undefined)
    noteRefused(credentials, request.url.origin, second.token);
  return second.response;
}

/** Gives up the body of an answer that nobody reads. One that broke off is gone as well. */
export async function discard({ body }: Response): Promise<void> {
  await body?.cancel().catch(() => undefined);
}

async function attempt(request: Outgoing, bare: Send, source: TokenSource): Promise<Attempt> {
  const headers = new Headers(request.headers);
  const { url, method, rest } = request;
  const signal = rest.signal ?? undefined;
  await source.credentials.beforeRequest(source.request, method, url.href, headers, { signal });
  const response = await bare({ ...request, headers });
  const token = tokenOf(headers);
  if (response.ok && token !== undefined) noteAccepted(source.credentials, url.origin, token);
  return { response, token };
}

function tokenOf(headers: Headers): string | undefined {
  const value = headers.get('authorization');
  return value?.startsWith(SCHEME) === true ? value.slice(SCHEME.length) : undefined;
}
