/** Token revocation (RFC 7009): builds the request and reads the answer. */
import { readString } from '../base/json-fields.js';
import { parseJsonObject } from '../base/json.js';
import { ownOptions } from '../base/option-record.js';
import type { HttpResponse, TransportRequest } from '../transport/transport.js';
import { formRequest } from './form.js';
import { tokenEndpointError, type AnswerContext } from './token-error.js';

/** What a revocation request is made of. */
export interface RevocationParts {
  /** The revocation endpoint. */
  readonly revokeUri: string;
  /** The token to revoke, and with it the grant it belongs to. */
  readonly token: string;
  /** Which of the two it is, for servers that look it up faster so. */
  readonly tokenTypeHint?: 'refresh_token' | 'access_token' | undefined;
  /** The client that the token was issued to, for servers that authenticate it (RFC 7009 §2.1). */
  readonly clientId?: string | undefined;
  /** That client's secret. */
  readonly clientSecret?: string | undefined;
}

/** Builds the request that revokes a token. */
export function revocationRequest(given: RevocationParts): TransportRequest {
  const parts = ownOptions(given, ['clientId', 'clientSecret', 'revokeUri', 'token', 'tokenTypeHint']);
  return formRequest(parts.revokeUri, {
    token: parts.token,
    token_type_hint: parts.tokenTypeHint,
    client_id: parts.clientId,
    client_secret: parts.clientSecret,
  });
}

/**
 * Reads the answer. A token that the server no longer knows counts as revoked (RFC 7009 §2.2; Google says 400 `invalid_token`).
 * @throws RefreshError for every other refusal.
 */
export function readRevocationResponse(response: HttpResponse, context: AnswerContext): void {
  if (response.status >= 200 && response.status < 300) return;
  const body = parseJsonObject(response.body);
  if (body !== undefined && readString(body, 'error') === 'invalid_token') return;
  throw tokenEndpointError(response, context);
}
