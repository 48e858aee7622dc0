/** The whole verification of an ID token, in its order: shape, algorithm, key, signature, times, parties. */
import { decodeJwt } from '../jose/jwt.js';
import { verifySignature } from '../jose/verification.js';
import type { IdTokenTerms } from './id-token-terms.js';
import type { IssuerKeys } from './issuer-keys.js';
import { readHeader } from './token-header.js';
import { checkParties } from './token-parties.js';
import { checkTimes } from './token-times.js';
import { verifiedIdToken, type VerifiedIdToken } from './verified-id-token.js';

/**
 * What the token says, once it is to be believed. Nothing that it says is looked at before its signature, the choice of the key aside.
 * @throws VerificationError that says why it is not; the signal's reason.
 */
export async function judgeIdToken(
  token: string,
  terms: IdTokenTerms,
  keys: IssuerKeys,
  signal: AbortSignal | undefined,
): Promise<VerifiedIdToken> {
  const jwt = decodeJwt(token);
  const named = readHeader(jwt.header, terms.algorithms);
  const { key } = await keys.find(named, signal);
  await verifySignature(jwt, key, { algorithms: terms.algorithms, signal });
  const times = checkTimes(jwt.payload, terms, terms.clock.now());
  return verifiedIdToken(jwt.payload, { ...times, ...checkParties(jwt.payload, terms) });
}
