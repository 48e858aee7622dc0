/** Verifies ID tokens by calls that share the issuers' keys (google-auth's `verify_oauth2_token` and `verify_firebase_token`). */
import { FirstUse } from '../base/first-use.js';
import type { VerifyFirebaseTokenOptions, VerifyIdTokenOptions } from './id-token-options.js';
import type { VerifiedIdToken } from './verified-id-token.js';

const CALLS = new FirstUse(() => import('./verification-calls.js'));

/**
 * What an ID token says, once its signature, times, issuer and audience have been checked: Google's unless other issuers are named.
 * All calls share the issuers' keys; those who give a `transport` share them with whoever gives the same one.
 *
 * @example
 * ```ts
 * const { subject } = await verifyIdToken(idToken, { audience: '1234-abc.apps.googleusercontent.com' });
 * ```
 * @throws VerificationError that says why the token is not to be believed; with `retryable`, that nobody can tell for now.
 * @throws TypeError for an option that is missing, unknown or of the wrong type; ConfigurationError `endpoint_refused` for a `certsUrl` that is
 * not https.
 */
export function verifyIdToken(token: string, options: VerifyIdTokenOptions): Promise<VerifiedIdToken> {
  return CALLS.use(({ verifiedByCall }) => verifiedByCall(token, options));
}

/**
 * What an ID token of Firebase Authentication says, once its signature, times, project and sign-in have been checked. Whether the user was
 * disabled since, only Firebase knows. Unsigned tokens of the Firebase emulator are refused like all others.
 *
 * @throws VerificationError that says why the token is not to be believed; with `retryable`, that nobody can tell for now.
 * @throws TypeError for an option that is missing, unknown or of the wrong type; ConfigurationError `endpoint_refused` for a `certsUrl` that is
 * not https.
 */
export function verifyFirebaseToken(token: string, options: VerifyFirebaseTokenOptions): Promise<VerifiedIdToken> {
  return CALLS.use(({ verifiedFirebase }) => verifiedFirebase(token, options));
}
