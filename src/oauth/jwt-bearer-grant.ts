/** The JWT bearer grant: trades an assertion for a token (RFC 7523 §2.1; Google answers a `target_audience` with an ID token). */
import { readString } from '../base/json-fields.js';
import { parseJsonObject } from '../base/json.js';
import { RefreshError } from '../errors.js';
import type { HttpResponse, TransportRequest } from '../transport/transport.js';
import { formRequest } from './form.js';
import { shapeOf, tokenEndpointError, type AnswerContext } from './token-error.js';

/** The grant's name on the wire. */
const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Builds the request. An assertion may be submitted again: it changes nothing at the server. */
export function jwtBearerRequest(
  tokenUri: string,
  assertion: string,
  headers: Readonly<Record<string, string>>,
): TransportRequest {
  return formRequest(tokenUri, { grant_type: GRANT_TYPE, assertion }, headers);
}

/**
 * The ID token in the answer.
 * @throws RefreshError that says what is wrong with it, where it holds none.
 */
export function readIdTokenResponse(response: HttpResponse, context: AnswerContext): string {
  const body = parseJsonObject(response.body);
  const ok = response.status >= 200 && response.status < 300;
  if (!ok || (body?.['error'] ?? undefined) !== undefined) throw tokenEndpointError(response, context);
  const idToken = body === undefined ? undefined : readString(body, 'id_token');
  if (idToken !== undefined && idToken !== '') return idToken;
  throw new RefreshError(
    'unexpected_response',
    `The answer of the token endpoint holds no id_token (${shapeOf(response)}).`,
    { retryable: true, status: response.status },
  );
}
