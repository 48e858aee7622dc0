/** Between whom a token stands: who issued it, about whom, and for whom ({@link https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation | OpenID Connect Core §3.1.3.7}). */
import { readString } from '../base/json-fields.js';
import type { JsonObject } from '../base/json.js';
import { VerificationError } from '../errors.js';
import { claimInvalid, requireText, requireTexts } from './claim.js';
import type { IdTokenTerms } from './id-token-terms.js';
import type { CheckedClaims } from './verified-id-token.js';

/** What of the terms the parties are judged by. */
export type PartyTerms = Pick<IdTokenTerms, 'issuers' | 'audience' | 'hostedDomain'>;

/**
 * The issuer, the audience and the subject.
 * @throws VerificationError `issuer_mismatch`, `audience_mismatch`, or `claim_invalid` where a claim is missing, of the wrong type, or names another domain.
 */
export function checkParties(
  claims: JsonObject,
  terms: PartyTerms,
): Pick<CheckedClaims, 'issuer' | 'audience' | 'subject'> {
  const issuer = requireText(claims, 'iss');
  if (!terms.issuers.includes(issuer)) {
    const message = `The token was issued by somebody else. The issuer must be ${terms.issuers.join(' or ')}.`;
    throw new VerificationError('issuer_mismatch', message);
  }
  const audience = requireTexts(claims, 'aud');
  if (terms.audience !== undefined) checkAudience(claims, audience, terms.audience);
  checkDomain(claims, terms.hostedDomain);
  return { issuer, audience, subject: requireText(claims, 'sub') };
}

/** Where others are addressed too, the token must have been made for one of ours: each of them could have handed it on. */
function checkAudience(claims: JsonObject, audience: readonly string[], ours: readonly string[]): void {
  if (!audience.some((one) => ours.includes(one))) throw mismatch('The token is for somebody else.');
  if (audience.every((one) => ours.includes(one))) return;
  const party = readString(claims, 'azp');
  if (party === undefined || !ours.includes(party))
    throw mismatch('The token is for others too, and was not issued to one of your audiences ("azp").');
}

function mismatch(message: string): VerificationError {
  return new VerificationError('audience_mismatch', `${message} Refuse it, or name your audience correctly.`);
}

function checkDomain(claims: JsonObject, domains: readonly string[] | undefined): void {
  if (domains === undefined || domains.includes(readString(claims, 'hd') ?? '')) return;
  throw claimInvalid('The account is not of the domain that is let in ("hd").');
}
