/** The answers of Google's metadata server: whether they are its own, and what they mean. */
import { isHeaderSafe } from '../base/header-value.js';
import { parseRetryAfter } from '../base/retry-after.js';
import { RefreshError } from '../errors.js';
import { shapeOf } from '../oauth/token-error.js';
import { readTokenResponse, type TokenResponse } from '../oauth/token-response.js';
import type { HttpResponse } from '../transport/transport.js';
import { METADATA_FLAVOR } from './metadata-requests.js';

/** What reading an answer needs to know of its request. */
export interface MetadataContext {
  /** The wall clock, in milliseconds since the epoch, as it was before the request was sent. */
  readonly sentAt: number;
  /** The same as the answer came: Retry-After counts from here. */
  readonly receivedAt: number;
  /** Who answered, as host and port. */
  readonly host: string;
  /** What was asked for, in words: `an access token of the service account "default"`. */
  readonly asked: string;
}

const TRANSIENT: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
const NO_SUCH_ACCOUNT =
  'Does the machine have a service account, and is it this one? Give it one, or name another in "serviceAccountEmail".';
const MACHINE_ADVICE = 'Check the service account and the scopes of the machine.';
const ADVICE: Readonly<Record<number, string>> = {
  400: 'Check the scopes and the audience.',
  403: 'The machine is not allowed to: check its service account, its access scopes and, on GKE, Workload Identity.',
  404: NO_SUCH_ACCOUNT,
};

/** Whether the answer is signed as Google's: a captive portal, or another cloud's metadata server, is not. */
export function isMetadataAnswer(response: HttpResponse): boolean {
  const [name, value] = METADATA_FLAVOR;
  return response.headers.get(name)?.trim() === value;
}

/**
 * Reads an access token.
 * @throws RefreshError `metadata_unavailable`, `metadata_refused`, or what is wrong with the token.
 */
export function readMetadataToken(response: HttpResponse, context: MetadataContext): TokenResponse {
  requireAnswer(response, context);
  return readTokenResponse(response, { ...context, secrets: [], endpoint: 'metadata server', advice: MACHINE_ADVICE });
}

/**
 * Reads one value.
 * @param isRight What the value must be like; a single word, where that is all that is known of it.
 * @throws RefreshError `metadata_unavailable`, `metadata_refused`, or `unexpected_response` where it is something else.
 */
export function readMetadataText(
  response: HttpResponse,
  context: MetadataContext,
  isRight: (text: string) => boolean = isHeaderSafe,
): string {
  requireAnswer(response, context);
  const text = response.body.trim();
  if (isRight(text)) return text;
  throw unexpectedAnswer(response, context);
}

/** The error for an answer that is Google's and yet not what was asked for. */
export function unexpectedAnswer(response: HttpResponse, { host, asked }: MetadataContext): RefreshError {
  const message = `The metadata server ${host} was asked for ${asked} and answered with something else (${shapeOf(response)}).`;
  return new RefreshError('unexpected_response', message, { retryable: true, status: response.status });
}

function requireAnswer(response: HttpResponse, context: MetadataContext): void {
  const { status } = response;
  if (TRANSIENT.has(status)) throw busy(response, context);
  if (!isMetadataAnswer(response)) throw stranger(response, context);
  if (status < 200 || status >= 300) throw refused(status, context);
}

function busy(response: HttpResponse, { host, receivedAt }: MetadataContext): RefreshError {
  const { status } = response;
  const delayMs = parseRetryAfter(response.headers.get('retry-after'), receivedAt);
  return new RefreshError(
    'metadata_unavailable',
    `The metadata server ${host} answered ${String(status)}: it is unavailable for now. The library waits before it asks again.`,
    { retryable: true, status, nextAttemptAt: delayMs === undefined ? undefined : receivedAt + delayMs },
  );
}

function stranger({ status }: HttpResponse, { host }: MetadataContext): RefreshError {
  return new RefreshError(
    'metadata_unavailable',
    `What answered ${String(status)} at ${host} is not Google's metadata server (no header "Metadata-Flavor: Google"), and is not believed. Only machines of Google have one; elsewhere use other credentials.`,
    { retryable: true, status },
  );
}

function refused(status: number, { host, asked }: MetadataContext): RefreshError {
  const advice = ADVICE[status] ?? MACHINE_ADVICE;
  return new RefreshError(
    'metadata_refused',
    `The metadata server ${host} answered ${String(status)} when asked for ${asked}. ${advice}`,
    { status },
  );
}
