/** Whether a token is valid at this instant ({@link https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4 | RFC 7519 §4.1.4 to §4.1.6}). */
import type { JsonObject } from '../base/json.js';
import { VerificationError } from '../errors.js';
import { claimInvalid, requireInstant } from './claim.js';
import type { IdTokenTerms } from './id-token-terms.js';
import type { CheckedClaims } from './verified-id-token.js';

/** What of the terms the times are judged by. */
export type TimeTerms = Pick<IdTokenTerms, 'clockSkewMs' | 'maxLifetimeMs' | 'tellsSignIn'>;

/**
 * When the token was issued and ends. At its end it has ended; the skew moves all bounds in its favour.
 * @param now Wall time, in milliseconds since the epoch.
 * @throws VerificationError `token_expired`, `token_not_yet_valid`, or `claim_invalid` where a time is missing, no number, or makes no sense.
 */
export function checkTimes(
  claims: JsonObject,
  terms: TimeTerms,
  now: number,
): Pick<CheckedClaims, 'issuedAt' | 'expiresAt'> {
  const issuedAt = requireInstant(claims, 'iat');
  const expiresAt = requireInstant(claims, 'exp');
  if (now >= expiresAt + terms.clockSkewMs) throw expired(now - expiresAt);
  for (const name of beginnings(claims, terms)) {
    const startsInMs = requireInstant(claims, name) - now;
    if (startsInMs > terms.clockSkewMs) throw notYetValid(name, startsInMs);
  }
  if (expiresAt <= issuedAt) throw claimInvalid('The token ends before it begins.');
  if (expiresAt - issuedAt > terms.maxLifetimeMs)
    throw claimInvalid(`The token lives longer than ${inSeconds(terms.maxLifetimeMs)} ("maxLifetimeMs").`);
  return { issuedAt, expiresAt };
}

/** The claims that must lie in the past. */
function beginnings(claims: JsonObject, { tellsSignIn }: TimeTerms): readonly string[] {
  return ['iat', ...(Object.hasOwn(claims, 'nbf') ? ['nbf'] : []), ...(tellsSignIn ? ['auth_time'] : [])];
}

function expired(agoMs: number): VerificationError {
  return new VerificationError('token_expired', `The token ended ${inSeconds(agoMs)} ago. Ask for a new one.`);
}

function notYetValid(name: string, startsInMs: number): VerificationError {
  const message = `By its "${name}" the token begins in ${inSeconds(startsInMs)}. Check the clocks of both machines.`;
  return new VerificationError('token_not_yet_valid', message);
}

function inSeconds(ms: number): string {
  return `${Math.ceil(ms / 1000)} s`;
}
