/** Whom a failure concerns: one token, or everybody who asks the same issuer as the same client. Pure. */
import type { Credentials } from '../../credentials/credentials.js';
import { RefreshError, type RefreshErrorCode } from '../../errors.js';
import { subjectOf } from '../queues/issuer-key.js';

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

/**
 * The failure in what came of an attempt, unless it is nobody's but one user's: their domain may not have let the service account
 * act for them, or not with these scopes.
 */
export function sharedFailure(result: unknown, credentials: Credentials | undefined): RefreshError | undefined {
  if (!(result instanceof RefreshError)) return undefined;
  const isForUser = credentials !== undefined && subjectOf(credentials) !== undefined;
  return isForUser && result.oauthError === 'unauthorized_client' ? undefined : result;
}
