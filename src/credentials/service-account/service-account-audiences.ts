/** The tokens that a service account signs for each API host by itself (AIP-4111). */
import { AudienceTokens } from '../jwt/audience-tokens.js';
import { JwtCredentials } from '../jwt/jwt.js';
import { BY_ORIGIN } from '../jwt/request-audience.js';
import { isPerAudience } from './self-signed-decision.js';
import type { ServiceAccountRecord } from './service-account-options.js';

/** One token per API host, where nothing ties it to scopes or to a user; `undefined` where something does. */
export function audiencesOf(record: Readonly<ServiceAccountRecord>): AudienceTokens | undefined {
  if (!isPerAudience(record)) return undefined;
  const { signer, serviceAccountEmail: issuer, additionalClaims, clock, universeDomain } = record;
  const { allowInsecure, usageHeader } = record;
  const options = { signer, issuer, additionalClaims, clock, universeDomain, allowInsecure, usageHeader };
  return new AudienceTokens({
    maxAudiences: record.maxAudiences,
    signer,
    rule: BY_ORIGIN,
    credentialsFor: (audience) => new JwtCredentials({ ...options, audience }),
  });
}
