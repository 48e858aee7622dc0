/** Makes credentials of a token server's source. */
import { defaultCredentials } from '../../adc/on-first-use.js';
import { systemClock, type Clock } from '../../base/clock.js';
import { knownOptions } from '../../base/option-record.js';
import { parseScopes } from '../../base/scopes.js';
import { Credentials } from '../../credentials/credentials.js';
import { MetadataIdTokenCredentials } from '../../credentials/metadata/metadata-id-token.js';
import { MetadataCredentials } from '../../credentials/metadata/metadata.js';
import { UserCredentials } from '../../credentials/user/user.js';
import type { RequestLike } from '../../transport/transport.js';
import type { TokenServerOptions } from '../server-options.js';
import { FunctionCredentials } from './function-credentials.js';
import { metadataRelay } from './metadata-relay.js';
import { serviceAccountOf } from './service-account-source.js';
import { CLOUD_PLATFORM, refuseScopes, settingsOf, type SourceContext } from './source-context.js';
import type { MetadataSource, RefreshTokenSource, TokenSource } from './token-source.js';

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
 * @throws TypeError where it is no source, and for scopes that are none, or that it would not ask for.
 * @throws ConfigurationError that says which field of it is wrong.
 */
export function sourceOf(options: Pick<TokenServerOptions, 'source' | 'scopes' | 'request' | 'clock'>): Source {
  const { source, request, clock = systemClock } = options;
  const context = { clock, request, scopes: parseScopes(options.scopes, 'scopes') };
  if (source === undefined)
    return { clock, request: undefined, credentials: undefined, find: () => foundCredentials(context) };
  const credentials = credentialsOf(source, context);
  return { clock, request: credentials === source ? request : undefined, credentials, find: undefined };
}

/** The credentials of a source: those that were given, or new ones. */
function credentialsOf(source: TokenSource, context: SourceContext): Credentials {
  if (source instanceof Credentials) {
    refuseScopes(context.scopes, 'beside credentials: make these with their scopes, or with withScopes()');
    return source;
  }
  if (typeof source === 'function') {
    refuseScopes(context.scopes, 'beside a function: it asks for what it says itself');
    return new FunctionCredentials({ source, ...settingsOf(context) });
  }
  if (typeof source === 'object' && source !== null) {
    if ('serviceAccount' in source) return serviceAccountOf(source, context);
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
  if (audience !== undefined) {
    refuseScopes(context.scopes, 'beside "audience": an ID token has none');
    return new MetadataIdTokenCredentials({ ...options, targetAudience: audience });
  }
  return new MetadataCredentials({ ...options, scopes: context.scopes });
}
