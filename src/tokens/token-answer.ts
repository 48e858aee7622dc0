/** What the JSON of a token response grants: reads it strictly, so that nothing half-read is ever used as a token (RFC 6749 §5.1). */
import { isHeaderSafe } from '../base/header-value.js';
import { parseJsonObject, toJsonObject, type JsonObject } from '../base/json.js';
import { parseScopes } from '../base/scopes.js';
import { RefreshError, type RefreshErrorCode, type RefreshErrorOptions } from '../errors.js';
import { cappedExpiry } from './capped-expiry.js';

/** An access token as it was granted. */
export interface GrantedToken {
  /** The access token. */
  readonly accessToken: string;
  /** When it ends, in milliseconds since the epoch, counted from before the request was sent. */
  readonly expiresAt: number;
  /** Whether the answer named no lifetime, so that five minutes were assumed. */
  readonly expiryAssumed: boolean;
}

/** Where an answer came from. */
export interface AnswerOrigin {
  /** The wall clock, in milliseconds since the epoch, as it was before the request was sent. */
  readonly sentAt: number;
  /** Its HTTP status, where that is known. */
  readonly status?: number | undefined;
  /**
   * Who answered, for messages.
   * @default 'token endpoint'
   */
  readonly endpoint?: string | undefined;
}

const TOKEN_ENDPOINT = 'token endpoint';
/** A server that names no lifetime: long enough to be of use, short enough to be harmless. */
const ASSUMED_LIFETIME_MS = 5 * 60_000;
/** Never ask a server again at once that hands out dead tokens. */
const DEAD_TOKEN_PAUSE_MS = 1_000;

/**
 * The members of an answer that somebody else received.
 * @param response Its body: the text, or the object that it holds.
 * @throws RefreshError where that is no object, or an error.
 * @throws TypeError for an argument of the wrong type.
 */
export function answerBody(response: unknown): JsonObject {
  const isText = typeof response === 'string';
  if (!isText && (typeof response !== 'object' || response === null))
    throw new TypeError('"response" must be the body of a token response: its text, or the object that it holds');
  const body = isText ? parseJsonObject(response) : toJsonObject(response);
  if (body === undefined) throw unexpectedAnswer({}, 'is not a JSON object.');
  if ((body['error'] ?? undefined) === undefined) return body;
  throw new RefreshError('request_refused', 'The answer of the token endpoint is an error: it grants nothing.');
}

/**
 * The access token in the members of an answer.
 * @throws RefreshError that says what is wrong with it, where it grants nothing usable.
 */
export function readGrantedToken(body: JsonObject, origin: AnswerOrigin): GrantedToken {
  const { sentAt } = origin;
  const accessToken = readAccessToken(body, origin);
  const lifetimeMs = readLifetimeMs(body['expires_in'], origin);
  return Object.freeze({
    accessToken,
    expiresAt: cappedExpiry(sentAt + (lifetimeMs ?? ASSUMED_LIFETIME_MS), sentAt),
    expiryAssumed: lifetimeMs === undefined,
  });
}

/** The scopes that an answer names; `undefined` where it names none. */
export function readGrantedScopes(scope: unknown): readonly string[] | undefined {
  if (typeof scope !== 'string' || scope.trim() === '') return undefined;
  try {
    return parseScopes(scope, 'scope');
  } catch {
    // A scope that RFC 6749 does not allow is not worth losing a token: it only tells, and opens nothing.
    return undefined;
  }
}

/** The error for an answer that is not one of a token endpoint. */
export function unexpectedAnswer(
  { status, endpoint = TOKEN_ENDPOINT }: Pick<AnswerOrigin, 'status' | 'endpoint'>,
  what: string,
): RefreshError {
  const message = `The answer of the ${endpoint} ${what}`;
  return new RefreshError('unexpected_response', message, { retryable: true, status });
}

function readAccessToken(body: JsonObject, origin: AnswerOrigin): string {
  const type = body['token_type'] ?? 'Bearer';
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer')
    throw refused('unsupported_token_type', origin, 'that is not a bearer token; it is not used as one.');
  const token = body['access_token'];
  if (typeof token !== 'string' || token === '') throw unexpectedAnswer(origin, 'holds no access_token.');
  if (isHeaderSafe(token)) return token;
  throw refused('unsafe_token', origin, 'with characters that must not stand in a header; it is not used.');
}

function readLifetimeMs(value: unknown, origin: AnswerOrigin): number | undefined {
  if (value === undefined || value === null) return undefined;
  // A text without a number in it is 0, or no number: both are refused.
  const seconds = typeof value === 'string' || typeof value === 'number' ? Math.floor(Number(value)) : 0;
  if (seconds > 0) return seconds * 1000;
  throw refused('token_already_expired', origin, 'whose "expires_in" is zero, negative or no number.', {
    retryable: true,
    nextAttemptAt: origin.sentAt + DEAD_TOKEN_PAUSE_MS,
  });
}

/** The error for a token that must not be used. */
function refused(
  code: RefreshErrorCode,
  { endpoint = TOKEN_ENDPOINT }: AnswerOrigin,
  what: string,
  options?: RefreshErrorOptions,
): RefreshError {
  return new RefreshError(code, `The ${endpoint} issued a token ${what}`, options);
}
