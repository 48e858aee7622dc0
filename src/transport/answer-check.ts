/** Checks what a transport of the user's answered with. */
import { read } from '../base/thrown.js';
import { readableHeaders } from './answer.js';
import { answerRefused } from './client-failure.js';
import { bodyTooLarge } from './failure.js';
import { MAX_BODY_BYTES } from './limits.js';
import type { HttpResponse } from './transport.js';

/**
 * A copy of the answer with nothing in it but what an answer has.
 * @throws TransportError where it is none, or too large.
 */
export function checkedAnswer(answer: unknown, url: string): HttpResponse {
  if (typeof answer !== 'object' || answer === null)
    throw answerRefused(answer === null ? 'null' : `a value of type ${typeof answer}`);
  const [status, headers, body] = [read(answer, 'status'), read(answer, 'headers'), read(answer, 'body')];
  if (!isStatus(status)) throw answerRefused('an answer whose "status" is not an HTTP status');
  if (!hasGet(headers)) throw answerRefused('an answer whose "headers" have no "get" method');
  if (typeof body !== 'string') throw answerRefused('an answer whose "body" is not a string');
  if (isTooLarge(body)) throw bodyTooLarge(url);
  return { status, headers: readableHeaders(headers), body };
}

function isStatus(status: unknown): status is number {
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599;
}

function hasGet(headers: unknown): boolean {
  return typeof headers === 'object' && headers !== null && typeof read(headers, 'get') === 'function';
}

/** Encoding is tried only where the length alone does not tell: a character takes at most three bytes. */
function isTooLarge(body: string): boolean {
  if (body.length > MAX_BODY_BYTES) return true;
  return body.length * 3 > MAX_BODY_BYTES && new TextEncoder().encode(body).length > MAX_BODY_BYTES;
}
