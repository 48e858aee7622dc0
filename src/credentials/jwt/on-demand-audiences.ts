/** The JWTs that are signed for each URL. Loaded with the first of them. */
import { loadHeldAudiences, type HeldAudiences } from './held-audiences.js';
import type { OnDemandJwtCredentialsOptions } from './jwt-options.js';
import { JwtCredentials } from './jwt.js';
import { BY_URL } from './request-audience.js';

/** Gives what holds one JWT per URL for a signer. */
export async function loadOnDemandAudiences(): Promise<
  (made: Readonly<OnDemandJwtCredentialsOptions>) => HeldAudiences
> {
  const hold = await loadHeldAudiences();
  return ({ maxAudiences, ...options }) => {
    const credentialsFor = (audience: string): JwtCredentials =>
      new JwtCredentials({ ...options, audience, quotaProjectId: undefined });
    return hold({ maxAudiences, signer: options.signer, rule: BY_URL, credentialsFor });
  };
}
