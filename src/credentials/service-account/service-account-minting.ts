/** Mints for a service account: signs the token itself, or asks the token endpoint. */
import { RefreshError } from '../../errors.js';
import { DEFAULT_UNIVERSE_DOMAIN } from '../../google/well-known.js';
import type { TokenSet } from '../../tokens/token-set.js';
import type { Transport } from '../../transport/transport.js';
import { clockOf } from '../credentials-options.js';
import { selfSigned, type SelfSignedParts, type SigningFlight } from '../jwt/self-signed-jwt.js';
import { tokenWay } from './self-signed-decision.js';
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
  const { subject, scopes = options.defaultScopes } = options;
  const clock = clockOf(options);
  if (tokenWay(options) === 'jwt') return await selfSigned(selfSignedParts(options), clock, flight);
  requireDelegable(options);
  if (scopes === undefined) throw nothingToAskFor();
  return await accessTokenByAssertion(options, { scopes, subject }, { request, clock, flight });
}

/** It is for one audience, or for scopes. */
function selfSignedParts(options: ServiceAccountRecord): SelfSignedParts {
  const { signer, serviceAccountEmail: issuer, additionalClaims: claims, defaultScopes } = options;
  const audience = options.scopes === undefined ? options.defaultAudience : undefined;
  const scopes = audience === undefined ? (options.scopes ?? defaultScopes) : undefined;
  return { signer, issuer, subject: issuer, audience, scopes, claims, lifetimeMs: undefined };
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
