/** Makes credentials of a key file's contents, and of what they are to ask for: scopes, or claims as Goth has them. */
import { frozenJson } from '../../base/frozen-json.js';
import { knownOptions } from '../../base/option-record.js';
import type { Credentials } from '../../credentials/credentials.js';
import { ServiceAccountIdTokenCredentials } from '../../credentials/service-account/service-account-id-token.js';
import { ServiceAccountCredentials } from '../../credentials/service-account/service-account.js';
import { CLOUD_PLATFORM, refuseScopes, settingsOf, type SourceContext } from './source-context.js';
import type { ServiceAccountSource } from './token-source.js';

/**
 * Credentials of a service account: for scopes, or for the audience of an ID token.
 * @throws TypeError where the claims are not what they must be, and where one of them, or of the scopes, would count for nothing.
 * @throws ConfigurationError that says which field of the key file is wrong.
 */
export function serviceAccountOf(source: ServiceAccountSource, context: SourceContext): Credentials {
  const given = knownOptions(source, ['serviceAccount', 'scopes', 'claims', 'url'], 'source');
  const claims = frozenJson(given.claims ?? {}, 'claims');
  const isForAudience = claims['target_audience'] !== undefined;
  const made = isForAudience ? forAudience(given, claims, context) : forScopes(given, claims, context);
  return given.url === undefined ? made : made.withTokenUri(given.url);
}

type Claims = Readonly<Record<string, unknown>>;

function forAudience(
  { serviceAccount, scopes }: ServiceAccountSource,
  claims: Claims,
  context: SourceContext,
): ServiceAccountIdTokenCredentials {
  const { target_audience: targetAudience, ...additionalClaims } = claims;
  const named = scopes ?? context.scopes ?? claims['scope'];
  refuseScopes(named, 'where "claims" hold "target_audience": an ID token has none');
  if (claims['sub'] !== undefined)
    throw new TypeError('"sub" of "claims" must be left out beside "target_audience": an ID token is for the account');
  return ServiceAccountIdTokenCredentials.fromServiceAccountInfo(serviceAccount, {
    ...settingsOf(context),
    additionalClaims,
    targetAudience: requireText(targetAudience, 'target_audience'),
  });
}

function forScopes(
  { serviceAccount, scopes }: ServiceAccountSource,
  claims: Claims,
  context: SourceContext,
): ServiceAccountCredentials {
  const { scope, sub: subject, ...additionalClaims } = claims;
  const named = [scopes, context.scopes, scope === undefined ? undefined : requireText(scope, 'scope')];
  const [wanted = CLOUD_PLATFORM, another] = named.filter((each) => each !== undefined);
  if (another !== undefined)
    throw new TypeError('"scopes" must be given once: in "source", beside it, or as "scope" of "claims"');
  return ServiceAccountCredentials.fromServiceAccountInfo(serviceAccount, {
    ...settingsOf(context),
    additionalClaims,
    scopes: wanted,
    subject: subject === undefined ? undefined : requireText(subject, 'sub'),
  });
}

function requireText(value: unknown, claim: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new TypeError(`"${claim}" of "claims" must be a non-empty string`);
}
