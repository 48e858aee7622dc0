/** A transport over the global `fetch`, for runtimes without `node:http` and for users who have one of their own. */
import type { Clock } from '../base/clock.js';
import { bytesOf } from './answer.js';
import { withDeadline } from './deadline.js';
import { attemptTimedOut, bodyTooLarge, failureOf } from './failure.js';
import { ATTEMPT_TIMEOUT_MS, MAX_BODY_BYTES } from './limits.js';
import { ownRequest } from './own-request.js';
import { parseTarget } from './target.js';
import type { HttpResponse, Transport, TransportRequest } from './transport.js';

/** Browsers do not tell which redirect it was, only that it was one. */
const SOME_REDIRECT = 302;

/** The transport over the given `fetch`, or over the global one. */
export function fetchClient(given: typeof fetch | undefined, clock: Clock): Transport {
  return async (asked) => {
    const request = ownRequest(asked);
    const { url, timeoutMs = ATTEMPT_TIMEOUT_MS } = request;
    parseTarget(url);
    const timedOut = (): Error => attemptTimedOut(url, timeoutMs, true);
    return await withDeadline({ clock, timeoutMs, signals: [request.signal], timedOut }, (signal) => {
      return send(given ?? globalThis.fetch, request, signal);
    });
  };
}

async function send(
  fetch: typeof globalThis.fetch,
  request: TransportRequest,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { url, method, headers, body } = request;
  try {
    const settings = { method, headers: { ...headers }, redirect: 'manual', signal } as const;
    const answer = await fetch(url, body === undefined ? settings : { ...settings, body });
    const status = answer.type === 'opaqueredirect' ? SOME_REDIRECT : answer.status;
    return { status, headers: answer.headers, body: await textOf(answer, url) };
  } catch (error) {
    throw failureOf(error, url);
  }
}

async function textOf(answer: Response, url: string): Promise<string> {
  const body: ReadableStream<unknown> | null = answer.body;
  if (body === null) return '';
  const [reader, decoder] = [body.getReader(), new TextDecoder()];
  let [text, size] = ['', 0];
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const chunk = bytesOf(part.value);
    if (chunk === undefined) throw new TypeError('The body holds something else than bytes');
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      // The stream is given up: whether that is heard at the other end is of no interest.
      void reader.cancel().catch(() => undefined);
      throw bodyTooLarge(url);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
