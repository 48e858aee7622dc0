/** What a refusal of the token endpoint means (RFC 6749 §5.2, and how Google's endpoint deviates from it). */
import { readString } from '../base/json-fields.js';
import { parseJsonObject } from '../base/json.js';
import { ownOptions } from '../base/option-record.js';
import { parseRetryAfter } from '../base/retry-after.js';
import { RefreshError, type RefreshErrorCode, type RefreshErrorOptions } from '../errors.js';
import type { HttpResponse } from '../transport/transport.js';
import { errorWord, sanitize } from './description.js';

/** What reading an answer needs to know of its request. */
export interface AnswerContext {
  /** The wall clock, in milliseconds since the epoch, as it was before the request was sent. */
  readonly sentAt: number;
  /**
   * The same as the answer came: Retry-After counts from here.
   * @default `sentAt`
   */
  readonly receivedAt?: number;
  /** The secrets of the request: a server may echo them. */
  readonly secrets: readonly (string | undefined)[];
  /**
   * Who answered, for messages.
   * @default 'token endpoint'
   */
  readonly endpoint?: string;
  /**
   * What `invalid_grant` means for this grant, and what to do.
   * @default what it means for a refresh token
   */
  readonly refusal?: string;
  /**
   * What to check where the client or the request is refused.
   * @default what there is to check of a client
   */
  readonly advice?: string;
}

/** What the server said, as it may be shown. */
type Words = Pick<RefreshErrorOptions, 'oauthError' | 'errorDescription' | 'subtype'>;

interface Verdict {
  readonly code: RefreshErrorCode;
  readonly retryable: boolean;
  readonly message: string;
}

/** Its parameters are left out, and other types are not named: a server may echo anything in them. */
const MEDIA_TYPE =
  /^(?:application\/(?:json|javascript|jwt|octet-stream|problem\+json|x-www-form-urlencoded|xhtml\+xml|xml)|text\/(?:css|csv|html|javascript|plain|xml)|image\/(?:gif|jpeg|png|svg\+xml))(?![^;\s])/i;
const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([408, 500, 502, 503, 504]);
const TRANSIENT_WORDS: ReadonlySet<string | undefined> = new Set([
  'internal_failure',
  'server_error',
  'temporarily_unavailable',
]);
const REAUTH_SUBTYPES: ReadonlySet<string | undefined> = new Set(['invalid_rapt', 'rapt_required']);

const REFRESH_TOKEN_REFUSED =
  'The refresh token was refused: it has expired, been revoked, or been replaced. The user must sign in again, for instance with `gcloud auth application-default login`.';

const CLIENT_ADVICE = 'Check client id, client secret and scopes.';

/** What was said of the request, and nothing that a polluted `Object.prototype` supplies. */
function ownContext(context: AnswerContext): AnswerContext {
  return ownOptions(context, ['advice', 'endpoint', 'receivedAt', 'refusal', 'secrets', 'sentAt']);
}

/** The error for an answer that grants nothing. */
export function tokenEndpointError(response: HttpResponse, given: AnswerContext): RefreshError {
  const context = ownContext(given);
  const body = parseJsonObject(response.body) ?? {};
  const oauthError = errorWord(readString(body, 'error'), context.secrets);
  const errorDescription = sanitize(readString(body, 'error_description'), context.secrets);
  const subtype = errorWord(readString(body, 'error_subtype'), context.secrets);
  const verdict = judge(response, { oauthError, errorDescription, subtype }, context);
  const details: RefreshErrorOptions = {
    retryable: verdict.retryable,
    status: response.status,
    oauthError,
    errorDescription,
    subtype,
    nextAttemptAt: verdict.retryable ? nextAttemptAt(response, context) : undefined,
  };
  return new RefreshError(verdict.code, verdict.message + quoted(oauthError, errorDescription), details);
}

function judge(
  response: HttpResponse,
  { oauthError: word, errorDescription: description, subtype }: Words,
  { endpoint = 'token endpoint', refusal = REFRESH_TOKEN_REFUSED, advice = CLIENT_ADVICE }: AnswerContext,
): Verdict {
  const { status } = response;
  const said = `The ${endpoint} answered ${String(status)}`;
  if (status >= 300 && status < 400)
    return refused('redirected', `${said}, a redirect, which is never followed: correct the token URI.`);
  if (status === 429)
    return transient('rate_limited', `${said}: too many requests. The library waits before it asks again.`);
  if (TRANSIENT_STATUSES.has(status) || TRANSIENT_WORDS.has(word) || TRANSIENT_WORDS.has(description)) {
    return transient(
      'server_unavailable',
      `${said}: it is unavailable for now. The library waits before it asks again.`,
    );
  }
  if (word === undefined)
    return transient(
      'unexpected_response',
      `${said} without an OAuth error (${shapeOf(response)}): is the token URI right, and no portal in between?`,
    );
  if (word !== 'invalid_grant')
    return refused('request_refused', `${said}: it refuses this client or request. ${advice}`);
  if (REAUTH_SUBTYPES.has(subtype)) {
    return refused(
      'reauth_required',
      'Reauthentication is needed: run `gcloud auth application-default login`, or sign in again in your app.',
    );
  }
  return refused('invalid_grant', refusal);
}

function transient(code: RefreshErrorCode, message: string): Verdict {
  return { code, message, retryable: true };
}

function refused(code: RefreshErrorCode, message: string): Verdict {
  return { code, message, retryable: false };
}

/** The outside of a body, for messages: what it holds may be secret. */
export function shapeOf(response: HttpResponse): string {
  const given = response.headers.get('content-type')?.trim() ?? '';
  const type = MEDIA_TYPE.exec(given)?.[0].toLowerCase() ?? (given === '' ? 'no content type' : 'another content type');
  return `${type}, ${String(response.body.length)} characters`;
}

function nextAttemptAt(response: HttpResponse, context: AnswerContext): number | undefined {
  const now = context.receivedAt ?? context.sentAt;
  const delayMs = parseRetryAfter(response.headers.get('retry-after'), now);
  return delayMs === undefined ? undefined : now + delayMs;
}

function quoted(word: string | undefined, description: string | undefined): string {
  const said = [word, description].filter((part) => part !== undefined).join(': ');
  return said === '' ? '' : ` The server said "${said.replace(/\.$/, '')}".`;
}
