/** The answer of the token endpoint: reads it strictly, so that nothing half-read is ever used as a token (RFC 6749 §5.1). */
import { readString } from '../base/json-fields.js';
import { parseJsonObject } from '../base/json.js';
import { tell } from '../tokens/events.js';
import { readGrantedToken, unexpectedAnswer, type GrantedToken } from '../tokens/token-answer.js';
import type { HttpResponse } from '../transport/transport.js';
import { shapeOf, tokenEndpointError, type AnswerContext } from './token-error.js';

/** What a token response grants. */
export interface TokenResponse extends GrantedToken {
  /** A new refresh token, where the answer holds one. */
  readonly refreshToken: string | undefined;
  /** An ID token, where the answer holds one. */
  readonly idToken: string | undefined;
  /** The granted scopes, space-separated, where the answer names them. */
  readonly scope: string | undefined;
}

/** A flight takes half as long at most, so that a slow answer is not taken for a wrong clock. */
const NOTABLE_SKEW_MS = 60_000;

/**
 * Reads an answer of the token endpoint.
 * @throws RefreshError that says what is wrong with it, where it grants nothing usable.
 */
export function readTokenResponse(response: HttpResponse, context: AnswerContext): TokenResponse {
  const { sentAt } = context;
  const endpoint = Object.hasOwn(context, 'endpoint') ? context.endpoint : undefined;
  noticeSkew(response, sentAt, endpoint);
  const body = parseJsonObject(response.body);
  const ok = response.status >= 200 && response.status < 300;
  if (!ok || (body?.['error'] ?? undefined) !== undefined) throw tokenEndpointError(response, context);
  if (body === undefined) {
    const what = `is not a JSON object (${shapeOf(response)}): is there a portal or proxy in between?`;
    throw unexpectedAnswer({ status: response.status, endpoint }, what);
  }
  const { accessToken, expiresAt, expiryAssumed } = readGrantedToken(body, {
    sentAt,
    endpoint,
    status: response.status,
  });
  return Object.freeze({
    accessToken,
    expiresAt,
    expiryAssumed,
    refreshToken: readString(body, 'refresh_token'),
    idToken: readString(body, 'id_token'),
    scope: readString(body, 'scope'),
  });
}

/** A server whose clock differs from ours refuses signed assertions, and its tokens end when we do not expect it. */
function noticeSkew(response: HttpResponse, sentAt: number, endpoint: string | undefined): void {
  const serverTime = Date.parse(response.headers.get('date') ?? '');
  const skewMs = serverTime - sentAt;
  if (Math.abs(skewMs) > NOTABLE_SKEW_MS) {
    tell(
      'clock_skew',
      `The ${endpoint ?? 'token endpoint'}'s clock differs from ours by ${String(Math.round(skewMs / 1000))} s.`,
    );
  }
}

/** The refresh token in a granting answer, whatever else is wrong with it. */
export function refreshTokenIn(response: HttpResponse): string | undefined {
  const granted = response.status >= 200 && response.status < 300;
  const body = granted ? parseJsonObject(response.body) : undefined;
  return body === undefined ? undefined : readString(body, 'refresh_token');
}
