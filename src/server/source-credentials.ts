/** Makes credentials of a token server's source. The kinds are loaded with the first source that needs them. */
import { systemClock, type Clock } from '../base/clock.js';
import { frozenJson } from '../base/frozen-json.js';
import { knownOptions } from '../base/option-record.js';
import type { ScopesLike } from '../base/scopes.js';
import { Credentials } from '../credentials/credentials.js';
import type { RequestLike } from '../transport/transport.js';
import { FunctionCredentials } from './function-credentials.js';
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
export async function sourceOf(
  options: Pick<TokenServerOptions, 'source' | 'scopes' | 'request' | 'clock'>,
): Promise<Source> {
  const { source, scopes, request, clock = systemClock } = options;
  const context = { clock, request, scopes };
  if (source === undefined)
    return { clock, request: undefined, credentials: undefined, find: () => foundCredentials(context) };
  const credentials = await credentialsOf(source, context);
  return { clock, request: credentials === source ? request : undefined, credentials, find: undefined };
}

/**
 * The credentials of a source: those that were given, or new ones.
 * @throws TypeError where it is no source.
 * @throws ConfigurationError that says which field of it is wrong.
 */
async function credentialsOf(source: TokenSource, context: SourceContext): Promise<Credentials> {
  if (source instanceof Credentials) return source;
  if (typeof source === 'function') return new FunctionCredentials({ source, ...settingsOf(context) });
  if (typeof source === 'object' && source !== null) {
    if ('serviceAccount' in source) return await serviceAccount(source, context);
    if ('refreshToken' in source) return await refreshToken(source, context);
    if ('metadata' in source) return await metadata(source, context);
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
  const { defaultCredentials } = await import('../adc/on-first-use.js');
  const { scopes = CLOUD_PLATFORM } = context;
  return (await defaultCredentials({ ...settingsOf(context), scopes })).credentials;
}

async function serviceAccount(source: ServiceAccountSource, context: SourceContext): Promise<Credentials> {
  const given = knownOptions(source, ['serviceAccount', 'scopes', 'claims', 'url'], 'source');
  const { scopes = CLOUD_PLATFORM, claims = {}, url } = given;
  const { scope, sub: subject, target_audience: targetAudience, ...additionalClaims } = frozenJson(claims, 'claims');
  const options = { ...settingsOf(context), additionalClaims };
  if (targetAudience !== undefined) {
    const { ServiceAccountIdTokenCredentials } = await import('../credentials/service-account-id-token.js');
    const audience = requireText(targetAudience, 'target_audience');
    const credentials = ServiceAccountIdTokenCredentials.fromServiceAccountInfo(given.serviceAccount, {
      ...options,
      targetAudience: audience,
    });
    return url === undefined ? credentials : credentials.withTokenUri(url);
  }
  const { ServiceAccountCredentials } = await import('../credentials/service-account.js');
  const credentials = ServiceAccountCredentials.fromServiceAccountInfo(given.serviceAccount, {
    ...options,
    scopes: scope === undefined ? scopes : requireText(scope, 'scope'),
    subject: subject === undefined ? undefined : requireText(subject, 'sub'),
  });
  return url === undefined ? credentials : credentials.withTokenUri(url);
}

async function refreshToken(source: RefreshTokenSource, context: SourceContext): Promise<Credentials> {
  const { refreshToken: info } = knownOptions(source, ['refreshToken'], 'source');
  const { UserCredentials } = await import('../credentials/user.js');
  return UserCredentials.fromAuthorizedUserInfo(info, context.scopes, settingsOf(context));
}

async function metadata(source: MetadataSource, context: SourceContext): Promise<Credentials> {
  const given = knownOptions(source, ['metadata'], 'source').metadata;
  const { account, url, audience } = knownOptions(given, ['account', 'url', 'audience'], 'metadata');
  const options = {
    ...settingsOf(context),
    ...(url === undefined ? {} : { transport: await relayed(url, context.request) }),
    serviceAccountEmail: account,
  };
  if (audience !== undefined) {
    const { MetadataIdTokenCredentials } = await import('../credentials/metadata-id-token.js');
    return new MetadataIdTokenCredentials({ ...options, targetAudience: audience });
  }
  const { MetadataCredentials } = await import('../credentials/metadata.js');
  return new MetadataCredentials({ ...options, scopes: context.scopes });
}

async function relayed(url: string, request: RequestLike | undefined): Promise<RequestLike> {
  const { metadataRelay } = await import('./metadata-relay.js');
  return metadataRelay(url, request);
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
