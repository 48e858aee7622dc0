/** Whom a failure concerns: one token, or everybody who asks the same issuer as the same client. Pure. */
import type { RefreshError, RefreshErrorCode } from '../errors.js';

/** The issuer is down, unreachable or overloaded, or something else answers in its place. */
const OF_ISSUER: ReadonlySet<RefreshErrorCode> = new Set([
  'endpoint_unreachable',
  'metadata_unavailable',
  'outcome_unknown',
  'rate_limited',
  'redirected',
  'server_unavailable',
  'timed_out',
  'unexpected_response',
] as const);

/** The words for a client that is refused, whatever token it asks for ({@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 | RFC 6749 §5.2}). */
const OF_CLIENT: ReadonlySet<string | undefined> = new Set([
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
]);

/** Whether others of the same issuer and client would fail in the same way. */
export function concernsIssuer({ code, oauthError }: RefreshError): boolean {
  return OF_ISSUER.has(code) || OF_CLIENT.has(oauthError);
}

/** Whether a failure is that of one user: their domain has not let the service account act for them, or not with these scopes. */
export function concernsSubject({ oauthError }: RefreshError, subject: string | undefined): boolean {
  return subject !== undefined && oauthError === 'unauthorized_client';
}
