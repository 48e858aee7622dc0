/** Mints ID tokens for a service account: at the token endpoint, or at the IAM API of another universe. */
import { RefreshError } from '../../errors.js';
import { iamRequest, readField } from '../../google/iam-credentials.js';
import { DEFAULT_UNIVERSE_DOMAIN } from '../../google/well-known.js';
import type { TokenSet } from '../../tokens/token-set.js';
import type { Transport } from '../../transport/transport.js';
import { clockOf } from '../credentials-options.js';
import { idTokenSet } from '../id-token-set.js';
import { selfSigned, type SigningFlight } from '../jwt/self-signed-jwt.js';
import { idTokenByAssertion, type GrantContext } from './service-account-grant.js';
import type { ServiceAccountKeyRecord } from './service-account-options.js';

const IAM_SCOPES = Object.freeze(['https://www.googleapis.com/auth/iam']);

/** Whose ID token, and for whom. */
export interface IdTokenOrder extends ServiceAccountKeyRecord {
  /** Whom it is for. */
  readonly targetAudience: string;
}

/**
 * An ID token as the access token of a set.
 * @throws RefreshError that says why there is none.
 */
export async function mintServiceAccountIdToken(
  order: IdTokenOrder,
  request: Transport,
  flight: SigningFlight,
): Promise<TokenSet> {
  const clock = clockOf(order);
  const context = { request, clock, flight };
  const sentAt = clock.now();
  const isDefault = (order.universeDomain ?? DEFAULT_UNIVERSE_DOMAIN) === DEFAULT_UNIVERSE_DOMAIN;
  const idToken = isDefault
    ? await idTokenByAssertion(order, order.targetAudience, context)
    : await idTokenByIam(order, context);
  const tokens = idTokenSet(idToken, sentAt);
  if (tokens !== undefined) return tokens;
  throw new RefreshError('unexpected_response', 'What the server issued is no ID token that names its end.', {
    retryable: true,
  });
}

/** Other universes have no token endpoint: the account signs itself in at the IAM API. */
async function idTokenByIam(order: IdTokenOrder, { request, clock, flight }: GrantContext): Promise<string> {
  const { signer, serviceAccountEmail: email, universeDomain = DEFAULT_UNIVERSE_DOMAIN } = order;
  const said = { issuer: email, subject: email, audience: undefined, scopes: IAM_SCOPES, claims: undefined };
  const own = await selfSigned({ signer, ...said, lifetimeMs: undefined }, clock, flight);
  const headers = { authorization: own.accessToken.authorization };
  const wanted = { audience: order.targetAudience, includeEmail: true, useEmailAzp: true };
  const response = await request(iamRequest({ universeDomain, email, headers }, 'generateIdToken', wanted));
  const secrets = [own.accessToken.value];
  return readField(response, 'token', { email, code: 'request_refused', receivedAt: clock.now(), secrets });
}
