/** What is worth another attempt. Pure. */
import { readString } from '../base/json-fields.js';
import { parseJsonObject } from '../base/json.js';
import { TransportError } from '../errors.js';
import type { HttpResponse, TransportRequest } from './transport.js';

/** How an attempt ended: with an answer, whatever its status, or with an error. */
export type Outcome = { readonly response: HttpResponse } | { readonly error: unknown };

/** Too slow, too many, or the server's own trouble: the request itself is not at fault. */
const STATUSES: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
/** The words of RFC 6749 and of Google for the same, which come with other statuses too. */
const WORDS: ReadonlySet<string | undefined> = new Set(['internal_failure', 'server_error', 'temporarily_unavailable']);

/** Whether the same request may be sent again and end better. */
export function isRetryable(outcome: Outcome, request: TransportRequest): boolean {
  const response = responseOf(outcome);
  if (response !== undefined) return isTransient(response);
  const error = errorOf(outcome);
  if (!(error instanceof TransportError) || !error.retryable) return false;
  return request.resend !== false || !error.sent;
}

/** The answer, where there was one. It is looked for in the outcome alone: `in` would find what a polluted `Object.prototype` supplies. */
export function responseOf(outcome: Outcome): HttpResponse | undefined {
  return Object.hasOwn(outcome, 'response') && 'response' in outcome ? outcome.response : undefined;
}

/** What was thrown, where there was no answer. */
export function errorOf(outcome: Outcome): unknown {
  return Object.hasOwn(outcome, 'error') && 'error' in outcome ? outcome.error : undefined;
}

function isTransient({ status, body }: HttpResponse): boolean {
  if (STATUSES.has(status)) return true;
  if (status < 400) return false;
  const answer = parseJsonObject(body);
  return answer !== undefined && ['error', 'error_description'].some((key) => WORDS.has(readString(answer, key)));
}
