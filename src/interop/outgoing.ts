/** A request on its way: what the caller of a `fetch` asked for, taken apart so that it can be sent more than once. */
import { heldBody } from './request-body.js';

type Body = RequestInit['body'];

/** One request, as often as it is sent. */
export interface Outgoing {
  /** Where to. */
  readonly url: URL;
  /** The method, in capitals. */
  readonly method: string;
  /** The caller's own headers; ours are added to a copy. */
  readonly headers: Headers;
  /** The body. */
  readonly body: Body;
  /** Everything else that the caller gave. */
  readonly rest: RequestInit;
}

/** Takes the arguments of a `fetch` apart. A `Request` keeps its own settings where `init` names none. */
export async function outgoing(input: string | URL | Request, init: RequestInit = {}): Promise<Outgoing> {
  const request = isRequest(input) ? input : undefined;
  const url = new URL(urlOf(input));
  const method = (init.method ?? request?.method ?? 'GET').toUpperCase();
  const headers = new Headers(init.headers ?? request?.headers);
  const rest = { ...(request === undefined ? {} : settingsOf(request)), ...givenOf(init) };
  // As in `fetch`, a body of null is none at all, and the Request's own is sent.
  const own = init.body ?? undefined;
  const body = own === undefined && request !== undefined ? await heldBody(request, rest.signal) : own;
  return { url, method, headers, body, rest: isReplayable(body) ? rest : { ...rest, duplex: 'half' } };
}

/** Whether a body can be sent again: all but streams can. */
export function isReplayable(body: Body): boolean {
  return typeof body !== 'object' || body === null || !(Symbol.asyncIterator in body || 'getReader' in body);
}

function isRequest(input: string | URL | Request): input is Request {
  return typeof input === 'object' && 'clone' in input;
}

function urlOf(input: string | URL | Request): string {
  if (isRequest(input)) return input.url;
  return typeof input === 'string' ? input : input.href;
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
