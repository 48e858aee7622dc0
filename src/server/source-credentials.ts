/** Makes credentials of a token server's source. */
import { defaultCredentials } from '../adc/on-first-use.js';
import { systemClock, type Clock } from '../base/clock.js';
import { frozenJson } from '../base/frozen-json.js';
import { knownOptions } from '../base/option-record.js';
import type { ScopesLike } from '../base/scopes.js';
import { Credentials } from '../credentials/credentials.js';
import { MetadataIdTokenCredentials } from '../credentials/metadata-id-token.js';
import { MetadataCredentials } from '../credentials/metadata.js';
import { ServiceAccountIdTokenCredentials } from '../credentials/service-account-id-token.js';
import { ServiceAccountCredentials } from '../credentials/service-account.js';
import { UserCredentials } from '../credentials/user.js';
import type { RequestLike } from '../transport/transport.js';
import { FunctionCredentials } from './function-credentials.js';
import { metadataRelay } from './metadata-relay.js';
import type { TokenServerOptions } from './server-options.js';
import type { MetadataSource, RefreshTokenSource, ServiceAccountSource, TokenSource } from './token-source.js';

/** What credentials are made with. */
export interface SourceContext {
  /** Where time is read. */
  readonly clock: Clock;
  /** How to send token requests. */
  readonly request: RequestLike | undefined;
  /** The scopes of the options. */
  readonly scopes: ScopesLike | undefined;
}

/** What Goth asks for where nobody says what to ask for. */
const CLOUD_PLATFORM = 'https://www.googleapis.com/auth/cloud-platform';

/** Where a token comes from: credentials, or how to find them. */
export type Source = {
  /** Where time is read. */
  readonly clock: Clock;
  /** How credentials that were given send token requests; those that were made know it themselves. */
  readonly request: RequestLike | undefined;
} & (
  | { readonly credentials: Credentials; readonly find: undefined }
  | { readonly credentials: undefined; readonly find: () => Promise<Credentials> }
);

/**
 * What the options of a token server say of its source.
 * @throws TypeError where it is no source.
 * @throws ConfigurationError that says which field of it is wrong.
 */
export function sourceOf(options: Pick<TokenServerOptions, 'source' | 'scopes' | 'request' | 'clock'>): Source {
  const { source, scopes, request, clock = systemClock } = options;
  const context = { clock, request, scopes };
  if (source === undefined)
    return { clock, request: undefined, credentials: undefined, find: () => foundCredentials(context) };
  const credentials = credentialsOf(source, context);
  return { clock, request: credentials === source ? request : undefined, credentials, find: undefined };
}

/**
 * The credentials of a source: those that were given, or new ones.
 * @throws TypeError where it is no source.
 * @throws ConfigurationError that says which field of it is wrong.
 */
function credentialsOf(source: TokenSource, context: SourceContext): Credentials {
  if (source instanceof Credentials) return source;
  if (typeof source === 'function') return new FunctionCredentials({ source, ...settingsOf(context) });
  if (typeof source === 'object' && source !== null) {
    if ('serviceAccount' in source) return serviceAccount(source, context);
    if ('refreshToken' in source) return refreshToken(source, context);
    if ('metadata' in source) return metadata(source, context);
  }
  throw new TypeError(
    '"source" must be credentials, a function, { serviceAccount }, { refreshToken }, { metadata }, or left out',
  );
}

/**
 * Application default credentials.
 * @throws ConfigurationError that lists where was looked.
 */
async function foundCredentials(context: SourceContext): Promise<Credentials> {
  const { scopes = CLOUD_PLATFORM } = context;
  return (await defaultCredentials({ ...settingsOf(context), scopes })).credentials;
}

function serviceAccount(source: ServiceAccountSource, context: SourceContext): Credentials {
  const given = knownOptions(source, ['serviceAccount', 'scopes', 'claims', 'url'], 'source');
  const { scopes = CLOUD_PLATFORM, claims = {}, url } = given;
  const { scope, sub: subject, target_audience: targetAudience, ...additionalClaims } = frozenJson(claims, 'claims');
  const options = { ...settingsOf(context), additionalClaims };
  if (targetAudience !== undefined) {
    const audience = requireText(targetAudience, 'target_audience');
    const credentials = ServiceAccountIdTokenCredentials.fromServiceAccountInfo(given.serviceAccount, {
      ...options,
      targetAudience: audience,
    });
    return url === undefined ? credentials : credentials.withTokenUri(url);
  }
  const credentials = ServiceAccountCredentials.fromServiceAccountInfo(given.serviceAccount, {
    ...options,
    scopes: scope === undefined ? scopes : requireText(scope, 'scope'),
    subject: subject === undefined ? undefined : requireText(subject, 'sub'),
  });
  return url === undefined ? credentials : credentials.withTokenUri(url);
}

function refreshToken(source: RefreshTokenSource, context: SourceContext): Credentials {
  const { refreshToken: info } = knownOptions(source, ['refreshToken'], 'source');
  return UserCredentials.fromAuthorizedUserInfo(info, context.scopes, settingsOf(context));
}

function metadata(source: MetadataSource, context: SourceContext): Credentials {
  const given = knownOptions(source, ['metadata'], 'source').metadata;
  const { account, url, audience } = knownOptions(given, ['account', 'url', 'audience'], 'metadata');
  const options = {
    ...settingsOf(context),
    ...(url === undefined ? {} : { transport: metadataRelay(url, context.request) }),
    serviceAccountEmail: account,
  };
  if (audience !== undefined) return new MetadataIdTokenCredentials({ ...options, targetAudience: audience });
  return new MetadataCredentials({ ...options, scopes: context.scopes });
}

function settingsOf({ clock, request }: SourceContext): {
  readonly clock: Clock;
  readonly transport: RequestLike | undefined;
} {
  return { clock, transport: request };
}

function requireText(value: unknown, claim: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new TypeError(`"${claim}" of "claims" must be a non-empty string`);
}
