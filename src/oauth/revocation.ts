/** Token revocation (RFC 7009): builds the request and reads the answer. */
import { readString, parseJsonObject } from '../base/json.js';
import type { HttpResponse, TransportRequest } from '../transport/transport.js';
import { formRequest } from './form.js';
import { tokenEndpointError, type AnswerContext } from './token-error.js';

/** Builds the request that revokes a token, and with it the grant it belongs to. */
export function revocationRequest(revokeUri: string, token: string): TransportRequest {
  return formRequest(revokeUri, { token });
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
