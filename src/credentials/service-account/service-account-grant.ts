/** Asks the token endpoint for a token, with an assertion that the service account signs (RFC 7523). */
import type { Clock } from '../../base/clock.js';
import { readString } from '../../base/json-fields.js';
import { parseJsonObject } from '../../base/json.js';
import { scopesToString } from '../../base/scopes.js';
import { API_CLIENT_HEADER, tokenRequestMetrics } from '../../google/metrics.js';
import { isUniverseHost } from '../../google/universe-host.js';
import { DEFAULT_UNIVERSE_DOMAIN, GOOGLE_TOKEN_URI } from '../../google/well-known.js';
import { grantedTokens } from '../../oauth/granted-tokens.js';
import { jwtBearerRequest, readIdTokenResponse } from '../../oauth/jwt-bearer-grant.js';
import type { AnswerContext } from '../../oauth/token-error.js';
import { readTokenResponse } from '../../oauth/token-response.js';
import type { TokenSet } from '../../tokens/token-set.js';
import type { HttpResponse, Transport } from '../../transport/transport.js';
import { JWT_LIFETIME_MS, lifespan, signed, type SigningFlight } from '../jwt/self-signed-jwt.js';
import type { ServiceAccountKeyRecord } from './service-account-options.js';

/** Google allows a few minutes; a smaller difference is the time that the request took. */
const NOTABLE_SKEW_MS = 60_000;
const REFUSAL =
  "The service account's assertion was refused: its key may have been deleted or disabled, the account may be gone or not allowed to act for that user, or this machine's clock may be wrong.";
const ADVICE = 'Check the scopes, and the service account and its token URI.';
const DELEGATION_ADVICE =
  'May the service account act for that user, with every one of these scopes? An administrator of the domain allows it, as domain-wide delegation in the Admin console (https://developers.google.com/identity/protocols/oauth2/service-account#delegatingauthority).';

/** What a grant runs with. */
export interface GrantContext {
  /** Sends the request. */
  readonly request: Transport;
  /** Where time is read. */
  readonly clock: Clock;
  /** For whom it is. */
  readonly flight: SigningFlight;
}

/** An access token for these scopes, and for that user where one is named. */
export async function accessTokenByAssertion(
  key: ServiceAccountKeyRecord,
  asked: { readonly scopes: readonly string[]; readonly subject?: string | undefined },
  context: GrantContext,
): Promise<TokenSet> {
  const claims = {
    scope: scopesToString(asked.scopes),
    ...(asked.subject === undefined ? {} : { sub: asked.subject }),
  };
  const { response, answered } = await exchange(key, claims, 'at', context);
  return grantedTokens(readTokenResponse(response, answered), asked.scopes);
}

/** An ID token for this audience. */
export async function idTokenByAssertion(
  key: ServiceAccountKeyRecord,
  targetAudience: string,
  context: GrantContext,
): Promise<string> {
  const { response, answered } = await exchange(key, { target_audience: targetAudience }, 'it', context);
  return readIdTokenResponse(response, answered);
}

interface Exchange {
  readonly response: HttpResponse;
  readonly answered: AnswerContext;
}

async function exchange(
  key: ServiceAccountKeyRecord,
  claims: object,
  requestType: 'at' | 'it',
  context: GrantContext,
): Promise<Exchange> {
  const first = await attempt(key, claims, requestType, context, 0);
  const skewMs = skewBehind(first);
  return skewMs === undefined ? first : await attempt(key, claims, requestType, context, skewMs);
}

async function attempt(
  key: ServiceAccountKeyRecord,
  claims: object,
  requestType: 'at' | 'it',
  { request, clock, flight }: GrantContext,
  skewMs: number,
): Promise<Exchange> {
  const life = lifespan(clock.now() + skewMs, JWT_LIFETIME_MS);
  const said = { iss: key.serviceAccountEmail, aud: audienceOf(key), ...life, ...claims, ...key.additionalClaims };
  const assertion = await signed(key.signer, said, flight);
  const headers = { [API_CLIENT_HEADER]: tokenRequestMetrics('sa', requestType) };
  const sentAt = clock.now();
  const response = await request(jwtBearerRequest(key.tokenUri, assertion, headers));
  const advice = Object.hasOwn(said, 'sub') ? DELEGATION_ADVICE : ADVICE;
  return { response, answered: { sentAt, receivedAt: clock.now(), secrets: [assertion], refusal: REFUSAL, advice } };
}

/** How far the server's clock is from ours, where that may be why it refused: then it is asked once more, by its own time. */
function skewBehind({ response, answered }: Exchange): number | undefined {
  if (response.status < 400 || response.status >= 500) return undefined;
  const body = parseJsonObject(response.body);
  if (body === undefined || readString(body, 'error') !== 'invalid_grant') return undefined;
  const skewMs = Date.parse(response.headers.get('date') ?? '') - answered.sentAt;
  return Math.abs(skewMs) > NOTABLE_SKEW_MS ? skewMs : undefined;
}

/** Google's private and regional endpoints know themselves by the public name only. */
function audienceOf({ assertionAudience, tokenUri }: ServiceAccountKeyRecord): string {
  if (assertionAudience !== undefined) return assertionAudience;
  return isUniverseHost(tokenUri, DEFAULT_UNIVERSE_DOMAIN) ? GOOGLE_TOKEN_URI : tokenUri;
}
