/** The answer of the token endpoint: reads it strictly, so that nothing half-read is ever used as a token (RFC 6749 §5.1). */
import { isHeaderSafe } from '../base/header-value.js';
import { parseJsonObject, readString, type JsonObject } from '../base/json.js';
import { RefreshError } from '../errors.js';
import { tell } from '../tokens/events.js';
import type { HttpResponse } from '../transport/transport.js';
import { shapeOf, tokenEndpointError, type AnswerContext } from './token-error.js';

/** What a token response grants. */
export interface TokenResponse {
  /** The access token. */
  readonly accessToken: string;
  /** When it ends, in milliseconds since the epoch, counted from before the request was sent. */
  readonly expiresAt: number;
  /** Whether the answer named no lifetime, so that five minutes were assumed. */
  readonly expiryAssumed: boolean;
  /** A new refresh token, where the answer holds one. */
  readonly refreshToken: string | undefined;
  /** An ID token, where the answer holds one. */
  readonly idToken: string | undefined;
  /** The granted scopes, space-separated, where the answer names them. */
  readonly scope: string | undefined;
}

/** A server that names no lifetime: long enough to be of use, short enough to be harmless. */
const ASSUMED_LIFETIME_MS = 5 * 60_000;
const MAX_LIFETIME_MS = 365 * 86_400_000;
/** No server grants access tokens for longer: milliseconds were sent for seconds. */
const SUSPECT_LIFETIME_MS = 30 * 86_400_000;
/** A flight takes half as long at most, so that a slow answer is not taken for a wrong clock. */
const NOTABLE_SKEW_MS = 60_000;
/** Never ask a server again at once that hands out dead tokens. */
const DEAD_TOKEN_PAUSE_MS = 1_000;

/**
 * Reads an answer of the token endpoint.
 * @throws RefreshError that says what is wrong with it, where it grants nothing usable.
 */
export function readTokenResponse(response: HttpResponse, context: AnswerContext): TokenResponse {
  noticeSkew(response, context);
  const body = parseJsonObject(response.body);
  const ok = response.status >= 200 && response.status < 300;
  if (!ok || (body?.['error'] ?? undefined) !== undefined) throw tokenEndpointError(response, context);
  if (body === undefined)
    throw unexpected(response, `is not a JSON object (${shapeOf(response)}): is there a portal or proxy in between?`);
  const accessToken = readAccessToken(response, body);
  const lifetimeMs = readLifetimeMs(body['expires_in'], context);
  return Object.freeze({
    accessToken,
    expiresAt: context.sentAt + (lifetimeMs ?? ASSUMED_LIFETIME_MS),
    expiryAssumed: lifetimeMs === undefined,
    refreshToken: readString(body, 'refresh_token'),
    idToken: readString(body, 'id_token'),
    scope: readString(body, 'scope'),
  });
}

/** A server whose clock differs from ours refuses signed assertions, and its tokens end when we do not expect it. */
function noticeSkew(response: HttpResponse, context: AnswerContext): void {
  const serverTime = Date.parse(response.headers.get('date') ?? '');
  const skewMs = serverTime - context.sentAt;
  if (Math.abs(skewMs) > NOTABLE_SKEW_MS) {
    tell('clock_skew', `The token endpoint's clock differs from ours by ${String(Math.round(skewMs / 1000))} s.`);
  }
}

/** The refresh token in a granting answer, whatever else is wrong with it. */
export function refreshTokenIn(response: HttpResponse): string | undefined {
  const granted = response.status >= 200 && response.status < 300;
  const body = granted ? parseJsonObject(response.body) : undefined;
  return body === undefined ? undefined : readString(body, 'refresh_token');
}

function readAccessToken(response: HttpResponse, body: JsonObject): string {
  const type = body['token_type'] ?? 'Bearer';
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') {
    throw new RefreshError(
      'unsupported_token_type',
      'The token endpoint issued a token that is not a bearer token; it is not used as one.',
    );
  }
  const token = body['access_token'];
  if (typeof token !== 'string' || token === '') throw unexpected(response, 'holds no access_token.');
  if (!isHeaderSafe(token)) {
    throw new RefreshError(
      'unsafe_token',
      'The token endpoint issued a token with characters that must not stand in a header; it is not used.',
    );
  }
  return token;
}

function readLifetimeMs(value: unknown, context: AnswerContext): number | undefined {
  if (value === undefined || value === null) return undefined;
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof seconds !== 'number' || !(Math.floor(seconds) > 0)) throw alreadyExpired(context);
  const lifetimeMs = Math.floor(seconds) * 1000;
  if (lifetimeMs > SUSPECT_LIFETIME_MS)
    tell(
      'lifetime_suspect',
      'The token endpoint named a lifetime of over 30 days: did it send milliseconds for seconds?',
    );
  return Math.min(lifetimeMs, MAX_LIFETIME_MS);
}

function alreadyExpired(context: AnswerContext): RefreshError {
  return new RefreshError(
    'token_already_expired',
    'The token endpoint issued a token whose "expires_in" is zero, negative or no number.',
    {
      retryable: true,
      nextAttemptAt: context.sentAt + DEAD_TOKEN_PAUSE_MS,
    },
  );
}

function unexpected({ status }: HttpResponse, what: string): RefreshError {
  return new RefreshError('unexpected_response', `The answer of the token endpoint ${what}`, {
    retryable: true,
    status,
  });
}
