/** What a verified ID token says ({@link https://openid.net/specs/openid-connect-core-1_0.html#IDToken | OpenID Connect Core §2}). */
import { readBoolean, readString } from '../base/json-fields.js';
import type { JsonObject } from '../base/json.js';

/** What a verified ID token says, frozen all the way down. It does not hold the token. */
export interface VerifiedIdToken {
  /** All claims, as the token has them. They inherit nothing. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Who issued it (`iss`). */
  readonly issuer: string;
  /** The user, or the service account (`sub`): unique and for ever the same for this issuer, unlike an e-mail address. */
  readonly subject: string;
  /** Whom it was issued for (`aud`). */
  readonly audience: readonly string[];
  /** The client that asked for it (`azp`): with Google, the Android or iOS app where `audience` names its server. */
  readonly authorizedParty: string | undefined;
  /** The user's e-mail address, where the token tells it. Look at {@link VerifiedIdToken.emailVerified} before you believe it. */
  readonly email: string | undefined;
  /** Whether the issuer has made sure that the address is the user's. */
  readonly emailVerified: boolean;
  /** The Google Workspace or Cloud organisation domain of the account (`hd`). */
  readonly hostedDomain: string | undefined;
  /** When it was issued, in milliseconds since the epoch. */
  readonly issuedAt: number;
  /** When it ends, in milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** What was found in the claims while they were checked. */
export type CheckedClaims = Pick<VerifiedIdToken, 'issuer' | 'subject' | 'audience' | 'issuedAt' | 'expiresAt'>;

/** The result of a verification. */
export function verifiedIdToken(claims: JsonObject, checked: CheckedClaims): VerifiedIdToken {
  freezeMembers(claims);
  return Object.freeze({
    claims,
    ...checked,
    authorizedParty: readString(claims, 'azp'),
    email: readString(claims, 'email'),
    emailVerified: readBoolean(claims, 'email_verified') === true,
    hostedDomain: readString(claims, 'hd'),
  });
}

/** Without recursion, since how deep the claims are nested is the issuer's choice. */
function freezeMembers(claims: JsonObject): void {
  const found: unknown[] = Object.values(claims);
  for (const value of found) {
    if (typeof value !== 'object' || value === null) continue;
    Object.freeze(value);
    for (const member of Object.values(value)) found.push(member);
  }
}
