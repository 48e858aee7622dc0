/** A request on its way: what the caller of a `fetch` asked for, taken apart so that it can be sent more than once. */
import { parsedUrl } from '../base/parsed-url.js';
import { requestBody, type SendableBody } from './request-body.js';

/** One request, as often as it is sent. */
export interface Outgoing {
  /** Where to. */
  readonly url: URL;
  /** The method, in capitals. */
  readonly method: string;
  /** The caller's own headers; ours are added to a copy. */
  readonly headers: Headers;
  /** The body. */
  readonly body: SendableBody;
  /** Everything else that the caller gave. */
  readonly rest: RequestInit;
}

const REDIRECT_MODES: readonly unknown[] = [undefined, 'follow', 'error', 'manual'];
/** For a `Request` that is only made so that it is refused. */
const ANY_URL = 'http://localhost/';

/**
 * Takes the arguments of a `fetch` apart. A `Request` keeps its own settings where `init` names none.
 * @throws TypeError for what `fetch` refuses too, and for a URL with a user name or a password.
 */
export async function outgoing(input: unknown, init?: RequestInit | null): Promise<Outgoing> {
  const given = init ?? {};
  requireAsFetchDoes(given);
  const request = isRequest(input) ? input : undefined;
  const url = targetOf(request?.url ?? input);
  const method = inCapitals(given.method ?? request?.method ?? 'GET');
  const headers = new Headers(given.headers ?? request?.headers);
  const rest = { ...(request === undefined ? {} : settingsOf(request)), ...givenOf(given) };
  // As in `fetch`, a body of null is none at all, and the Request's own is sent.
  const own = given.body ?? undefined;
  const body = own === undefined && request !== undefined ? await requestBody(request) : own;
  return { url, method, headers, body, rest };
}

/** What we look into is refused in the words of `fetch`; the rest it gets to see itself. */
function requireAsFetchDoes(init: unknown): void {
  if (typeof init !== 'object' && typeof init !== 'function') Reflect.construct(Request, [ANY_URL, init]);
  const redirect: unknown = init === null ? undefined : Reflect.get(Object(init), 'redirect');
  if (!REDIRECT_MODES.includes(redirect)) Reflect.construct(Request, [ANY_URL, { redirect }]);
}

function isRequest(input: unknown): input is Request {
  return typeof input === 'object' && input !== null && 'clone' in input && 'url' in input;
}

/** As in `fetch`, what is no string is made one. */
function inCapitals(method: unknown): string {
  return String(method).toUpperCase();
}

/** A URL that is refused is not quoted: it may hold a secret. */
function targetOf(input: unknown): URL {
  if (input === null || !['string', 'object', 'function'].includes(typeof input)) Reflect.construct(Request, [input]);
  const url = parsedUrl(String(input));
  if (url === undefined) throw new TypeError('Failed to parse the URL in "input"');
  if (hasUser(url)) throw new TypeError('"input" must be a URL without a user name and a password');
  return url;
}

/** Whether a URL names a user or a password, which `fetch` refuses. */
export function hasUser({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}

/** To `fetch`, what is `undefined` is not given. */
function givenOf(init: RequestInit): RequestInit {
  return Object.fromEntries(Object.entries(init).filter(([, value]) => value !== undefined));
}

function settingsOf(request: Request): RequestInit {
  const { credentials, integrity, keepalive, mode, redirect, referrerPolicy, signal } = request;
  // A mode of "navigate" can be read from a request but not given to one.
  return {
    credentials,
    integrity,
    keepalive,
    redirect,
    referrerPolicy,
    signal,
    ...(mode === 'navigate' ? {} : { mode }),
  };
}
