/** Mints for a service account: signs the token itself, or asks the token endpoint. */
import { RefreshError } from '../../errors.js';
import { DEFAULT_UNIVERSE_DOMAIN } from '../../google/well-known.js';
import type { TokenSet } from '../../tokens/token-set.js';
import type { Transport } from '../../transport/transport.js';
import { clockOf } from '../credentials-options.js';
import { selfSigned, type SigningFlight } from '../jwt/self-signed-jwt.js';
import { decide } from './self-signed-decision.js';
import { accessTokenByAssertion } from './service-account-grant.js';
import type { ServiceAccountRecord } from './service-account-options.js';

/**
 * A token for no URL in particular.
 * @throws RefreshError that says why there is none.
 */
export async function mintServiceAccountToken(
  options: ServiceAccountRecord,
  request: Transport,
  flight: SigningFlight,
): Promise<TokenSet> {
  const { signer, serviceAccountEmail: issuer, additionalClaims: claims, subject } = options;
  const clock = clockOf(options);
  const decision = decide(options, options.defaultAudience);
  if (decision.way === 'jwt') {
    const { audience, scopes } = decision;
    const parts = { signer, issuer, subject: issuer, audience, scopes, claims, lifetimeMs: undefined };
    return await selfSigned(parts, clock, flight);
  }
  requireDelegable(options);
  const scopes = options.scopes ?? options.defaultScopes;
  if (scopes === undefined) throw nothingToAskFor();
  return await accessTokenByAssertion(options, { scopes, subject }, { request, clock, flight });
}

function requireDelegable({ subject, universeDomain = DEFAULT_UNIVERSE_DOMAIN }: ServiceAccountRecord): void {
  if (universeDomain === DEFAULT_UNIVERSE_DOMAIN) return;
  const what = subject === undefined ? 'The token endpoint serves' : 'Domain-wide delegation is there for';
  throw new RefreshError(
    'universe_unsupported',
    `${what} the universe ${DEFAULT_UNIVERSE_DOMAIN} only, and these credentials are for ${universeDomain}.`,
  );
}

function nothingToAskFor(): RefreshError {
  return new RefreshError(
    'not_refreshable',
    'These service-account credentials have no scopes, and no URL names an audience: give scopes or "defaultAudience", or call beforeRequest() with the URL.',
  );
}
