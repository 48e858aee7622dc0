/** One HTTP request as the emulator's endpoints see it, and the answer they give. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { parsedUrl } from '../../base/parsed-url.js';

/** Far above any token request, and enough for bodies that tests send through the echo API. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024;

/** A complete request. */
export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A complete answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What stands behind a path: it turns a request into an answer, and throws a `Refusal` for an OAuth error. */
export type Endpoint = (incoming: Incoming) => Answer | Promise<Answer>;

/** An answer in JSON that no cache keeps, as token endpoints must give it (RFC 6749 §5.1). */
export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  const fixed = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers: { ...fixed, ...headers }, body: JSON.stringify(value) };
}

/** The URL of a request; `undefined` where its target is none. */
export function urlOf(message: IncomingMessage): URL | undefined {
  const target = message.url ?? '/';
  // A proxy's client sends the whole URL, everybody else the path alone.
  const text = target.startsWith('/') ? `http://127.0.0.1${target}` : target;
  return parsedUrl(text);
}

/** Reads the body to its end; `undefined` where it is too long. Rejects where the client goes away. */
export async function readBody(message: IncomingMessage): Promise<string | undefined> {
  const arriving: AsyncIterable<Buffer> = message;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of arriving) {
    size += chunk.length;
    if (size <= BODY_LIMIT_BYTES) chunks.push(chunk);
  }
  if (size > BODY_LIMIT_BYTES) return undefined;
  return Buffer.concat(chunks).toString('utf8');
}
