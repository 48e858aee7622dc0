/** A `fetch` whose every request goes through `beforeRequest`. */
import { ownOptions } from '../base/option-record.js';
import type { Credentials } from '../credentials/credentials.js';
import { requireRequestLike } from '../transport/request-check.js';
import type { RequestLike } from '../transport/transport.js';
import { discard, sendAuthorized, type Send } from './authorized-send.js';
import { outgoing, type Outgoing } from './outgoing.js';
import { RecordedBody } from './recorded-body.js';
import { markedRedirected, MAX_REDIRECTS, redirected, redirectLocation, redirectTarget } from './redirects.js';
import { sendingOf } from './request-body.js';

/** Options of {@link authorizedFetch}. */
export interface AuthorizedFetchOptions {
  /**
   * The fetch underneath. A stream is handed to it with `credentials: 'omit'`, unless `'include'` was asked for.
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

/** There is nobody to show a token to. */
const LOCAL_SCHEMES: ReadonlySet<string> = new Set(['blob:', 'data:']);

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
  const bare: Send = ({ url, rest, method, headers, body }) =>
    (own.fetch ?? globalThis.fetch)(url, {
      ...rest,
      method,
      headers,
      ...sendingOf(body, rest.credentials),
      redirect: 'manual',
    });
  const authorized: Send = (request) => sendAuthorized(request, bare, { credentials, request: own.request });
  return async (input, init) => {
    const request = await outgoing(input, init);
    const recorded = request.body instanceof RecordedBody ? request.body : undefined;
    try {
      const response = await followed(request, LOCAL_SCHEMES.has(request.url.protocol) ? bare : authorized, bare);
      recorded?.finish();
      return response;
    } catch (error) {
      recorded?.abandon(error);
      throw error;
    }
  };
}

async function followed(request: Outgoing, first: Send, bare: Send): Promise<Response> {
  const response = await first(request);
  const mode = request.rest.redirect ?? 'follow';
  return mode === 'manual' ? response : await follow(request, response, mode, first, bare);
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
    if (location === undefined) return count === 0 ? response : markedRedirected(response);
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
