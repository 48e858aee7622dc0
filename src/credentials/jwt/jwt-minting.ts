/** Mints for credentials that sign one JWT of their own. */
import type { TokenSet } from '../../tokens/token-set.js';
import { clockOf } from '../credentials-options.js';
import type { JwtCredentialsOptions } from './jwt-options.js';
import { selfSigned, type SigningFlight } from './self-signed-jwt.js';

/** The JWT. @throws RefreshError `signing_failed`. */
export function mintJwt(options: Readonly<JwtCredentialsOptions>, flight: SigningFlight): Promise<TokenSet> {
  const { signer, issuer, subject = issuer, audience, additionalClaims: claims, tokenLifetimeMs: lifetimeMs } = options;
  const parts = { signer, issuer, subject, audience, scopes: undefined, claims, lifetimeMs };
  return selfSigned(parts, clockOf(options), flight);
}
