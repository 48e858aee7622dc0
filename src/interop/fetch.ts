/** A `fetch` whose every request goes through `beforeRequest`. */
import { ownOptions } from '../base/option-record.js';
import type { Credentials } from '../credentials/credentials.js';
import { requireRequestLike } from '../transport/request-check.js';
import type { RequestLike } from '../transport/transport.js';
import { isReplayable, outgoing, type Outgoing } from './outgoing.js';
import { MAX_REDIRECTS, redirected, redirectLocation, redirectTarget } from './redirects.js';

/** Options of {@link authorizedFetch}. */
export interface AuthorizedFetchOptions {
  /**
   * The fetch underneath.
   * @default the global `fetch`, looked up at each call
   */
  readonly fetch?: typeof fetch | undefined;
  /**
   * How to send token requests.
   * @default the credentials' own `transport`
   */
  readonly request?: RequestLike | undefined;
}

type Redirect = NonNullable<RequestInit['redirect']>;

type Send = (request: Outgoing) => Promise<Response>;

const SCHEME = 'Bearer ';

/**
 * A `fetch` that authorizes. Where an API answers 401 it drops the token that was rejected, gets another, and sends the request
 * once more if its body can be sent again. It follows redirects itself: our headers go to the request's own origin only.
 * @throws TypeError for credentials or an option that are of the wrong type.
 *
 * @example
 * ```ts
 * const fetch = authorizedFetch(credentials);
 * const response = await fetch('https://www.googleapis.com/drive/v3/files');
 * ```
 */
export function authorizedFetch(credentials: Credentials, options: AuthorizedFetchOptions = {}): typeof fetch {
  requireCredentials(credentials);
  const own = checkedOptions(options);
  const bare: Send = ({ url, rest, method, headers, body = null }) =>
    (own.fetch ?? globalThis.fetch)(url, { ...rest, method, headers, body, redirect: 'manual' });
  const authorized: Send = (request) => sendAuthorized(request, bare, credentials, own.request);
  return async (input, init) => {
    const request = await outgoing(input, init);
    const response = await authorized(request);
    const mode = request.rest.redirect ?? 'follow';
    return mode === 'manual' ? response : await follow(request, response, mode, authorized, bare);
  };
}

/** Once a request has left its origin it stays bare: another origin must not choose what we authorize. */
async function follow(
  request: Outgoing,
  answer: Response,
  mode: Redirect,
  authorized: Send,
  bare: Send,
): Promise<Response> {
  let [hop, response, send] = [request, answer, authorized];
  for (let count = 0; ; count += 1) {
    const location = redirectLocation(response);
    if (location === undefined) return response;
    // Before anything is refused: a body that nobody reads would hold its connection.
    await discard(response);
    if (count === MAX_REDIRECTS) throw new TypeError(`redirected more than ${String(MAX_REDIRECTS)} times`);
    if (mode === 'error') throw new TypeError('redirected, and "redirect" is "error"');
    const target = redirectTarget(location, hop.url);
    if (target.origin !== request.url.origin) send = bare;
    hop = redirected(hop, target, response.status);
    response = await send(hop);
  }
}

async function sendAuthorized(
  request: Outgoing,
  bare: Send,
  credentials: Credentials,
  tokenRequest: RequestLike | undefined,
): Promise<Response> {
  const attempt = async (): Promise<{ response: Response; token: string | undefined }> => {
    const headers = new Headers(request.headers);
    const signal = request.rest.signal ?? undefined;
    await credentials.beforeRequest(tokenRequest, request.method, request.url.href, headers, { signal });
    const response = await bare({ ...request, headers });
    return { response, token: tokenOf(headers) };
  };
  const { response, token } = await attempt();
  if (response.status !== 401 || token === undefined) return response;
  // Where the token is still held, fresh ones keep being refused or there is no other: the caller is told.
  const isHeld = !credentials.invalidate(token) && credentials.token === token;
  if (isHeld || !isReplayable(request.body)) return response;
  await discard(response);
  return (await attempt()).response;
}

/** A body that broke off is gone as well. */
async function discard({ body }: Response): Promise<void> {
  await body?.cancel().catch(() => undefined);
}

function tokenOf(headers: Headers): string | undefined {
  const value = headers.get('authorization');
  return value?.startsWith(SCHEME) === true ? value.slice(SCHEME.length) : undefined;
}

function requireCredentials(credentials: unknown): void {
  const isObject = typeof credentials === 'object' && credentials !== null;
  if (!isObject || typeof Reflect.get(credentials, 'beforeRequest') !== 'function')
    throw new TypeError('"credentials" must be Credentials');
}

function checkedOptions(options: AuthorizedFetchOptions): AuthorizedFetchOptions {
  const own = ownOptions(options, ['fetch', 'request']);
  if (own.fetch !== undefined && typeof own.fetch !== 'function') throw new TypeError('"fetch" must be a function');
  if (own.request !== undefined) requireRequestLike(own.request, 'request');
  return own;
}
