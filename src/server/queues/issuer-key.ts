/** Whom credentials ask, and as whom: failures of the one are failures of all who share both. */
import type { Credentials } from '../../credentials/credentials.js';
import { namedMetadataHost } from '../../credentials/metadata/metadata-host.js';
import { relayedTo } from '../sources/metadata-relay.js';

/**
 * The same for all credentials that ask the same token endpoint as the same client, the same metadata server, the same handler or the
 * same signer; the credentials themselves where nothing tells.
 */
export function issuerKeyOf(credentials: Credentials): string | object {
  try {
    return localSource(credentials) ?? machine(credentials) ?? endpoint(credentials) ?? credentials;
  } catch {
    // A kind of the user's own may throw in a getter, and a timer must not.
    return credentials;
  }
}

/** The user whom credentials act for, where there is one. */
export function subjectOf(credentials: Credentials): string | undefined {
  try {
    return textOf(Reflect.get(credentials, 'subject'));
  } catch {
    return undefined;
  }
}

/** What gives tokens here, so that the token endpoint is never asked: a handler in the place of a refresh token, or one's own key. */
function localSource(credentials: Credentials): object | undefined {
  const handler: unknown = Reflect.get(credentials, 'refreshHandler');
  if (typeof handler === 'function' && Reflect.get(credentials, 'refreshToken') === undefined) return handler;
  if (Reflect.get(credentials, 'ownTokenWay') !== 'jwt') return undefined;
  const signer: unknown = Reflect.get(credentials, 'signer');
  return typeof signer === 'object' && signer !== null ? signer : undefined;
}

/** A machine has one metadata server, whichever service account is asked for; another address is another machine. */
function machine(credentials: Credentials): string | undefined {
  const source = credentials.getCredentialInfo()?.source;
  if (source !== 'metadata server') return undefined;
  const options: unknown = Reflect.get(credentials, 'options');
  const transport: unknown =
    typeof options === 'object' && options !== null ? Reflect.get(options, 'transport') : undefined;
  return `${source} ${relayedTo(transport) ?? `http://${namedMetadataHost()}`}`;
}

function endpoint(credentials: Credentials): string | undefined {
  const tokenUri = textOf(Reflect.get(credentials, 'tokenUri'));
  if (tokenUri === undefined) return undefined;
  const client = textOf(Reflect.get(credentials, 'clientId') ?? Reflect.get(credentials, 'serviceAccountEmail'));
  return client === undefined ? tokenUri : `${tokenUri} ${client}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
