/** What becomes of a request that is redirected (Fetch standard, HTTP-redirect fetch). */
import { parsedUrl } from '../base/parsed-url.js';
import { hasUser, type Outgoing } from './outgoing.js';
import { isReplayable } from './request-body.js';

/** As many as the Fetch standard allows. */
export const MAX_REDIRECTS = 20;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const OF_THE_BODY = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length'];
/** What tells another origin who is asking, and the name of the first one. */
const OF_THE_CALLER = [
  'authorization',
  'cookie',
  'host',
  'proxy-authorization',
  'x-goog-api-key',
  'x-goog-user-project',
];

/** What an answer says of where to go, or `undefined` where it is no redirect. */
export function redirectLocation({ status, headers }: Response): string | undefined {
  return REDIRECTS.has(status) ? (headers.get('location') ?? undefined) : undefined;
}

/**
 * Where a redirect leads.
 * @throws TypeError where that is no http(s) URL, or names a user or a password, which is not quoted.
 */
export function redirectTarget(location: string, from: URL): URL {
  const target = parsedUrl(location, from);
  if (target === undefined) throw new TypeError('redirected to what is no URL');
  if (target.protocol !== 'https:' && target.protocol !== 'http:')
    throw new TypeError('redirected to a URL that is not http(s)');
  if (hasUser(target)) throw new TypeError('redirected to a URL with a user name or a password');
  return target;
}

/**
 * The request for the next hop.
 * @throws TypeError where its body would have to be sent again and cannot be.
 */
export function redirected(request: Outgoing, target: URL, status: number): Outgoing {
  const headers = new Headers(request.headers);
  if (target.origin !== request.url.origin) for (const name of OF_THE_CALLER) headers.delete(name);
  if (!becomesGet(request.method, status)) {
    if (!isReplayable(request.body)) throw new TypeError('redirected, and a stream body cannot be sent again');
    return { ...request, url: target, headers };
  }
  for (const name of OF_THE_BODY) headers.delete(name);
  return { ...request, url: target, headers, method: 'GET', body: undefined };
}

/** The same answer, which says of itself, and of its clones, that the request was redirected. */
export function markedRedirected(response: Response): Response {
  const { clone } = response;
  Reflect.defineProperty(response, 'redirected', { value: true, configurable: true });
  Reflect.defineProperty(response, 'clone', {
    value: () => markedRedirected(Reflect.apply(clone, response, [])),
    configurable: true,
  });
  return response;
}

function becomesGet(method: string, status: number): boolean {
  return status === 303 ? method !== 'GET' && method !== 'HEAD' : status < 303 && method === 'POST';
}
