/** The tokens that a service account signs for each API host by itself (AIP-4111). Loaded with the first of them. */
import { loadHeldAudiences, type HeldAudiences } from '../jwt/held-audiences.js';
import { JwtCredentials } from '../jwt/jwt.js';
import { BY_ORIGIN } from '../jwt/request-audience.js';
import type { ServiceAccountRecord } from './service-account-options.js';

/** Gives what holds one token per API host for an account. */
export async function loadServiceAccountAudiences(): Promise<
  (account: Readonly<ServiceAccountRecord>) => HeldAudiences
> {
  const hold = await loadHeldAudiences();
  return (account) => {
    const { signer, serviceAccountEmail: issuer, additionalClaims, clock, universeDomain } = account;
    const { maxAudiences, allowInsecure, usageHeader } = account;
    const options = { signer, issuer, additionalClaims, clock, universeDomain, allowInsecure, usageHeader };
    const credentialsFor = (audience: string): JwtCredentials => new JwtCredentials({ ...options, audience });
    return hold({ maxAudiences, signer, rule: BY_ORIGIN, credentialsFor });
  };
}
