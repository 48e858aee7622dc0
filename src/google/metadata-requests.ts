/** The requests that Google's metadata server takes ({@link https://cloud.google.com/compute/docs/metadata/overview | Google's description}). */
import type { TransportRequest } from '../transport/transport.js';
import { METADATA_ROOT } from './metadata-server.js';
import { API_CLIENT_HEADER, pingMetrics, tokenRequestMetrics } from './metrics.js';

/** What an ID token is to hold. */
export interface IdentityParts {
  /** The service account. */
  readonly account: string;
  /** For whom the token is. */
  readonly audience: string;
  /** `full` adds the e-mail address and, on Compute Engine, the machine. */
  readonly format: 'standard' | 'full';
  /** Whether a `full` token names the licences of the machine's images. */
  readonly licenses: boolean;
}

/** The header, and its value, that every request and every believable answer carries. */
export const METADATA_FLAVOR: readonly [name: string, value: string] = Object.freeze(['metadata-flavor', 'Google']);

const ACCOUNTS = 'instance/service-accounts';

/** Asks for one value, such as `project/project-id`. */
export function metadataRequest(
  host: string,
  path: string,
  parameters: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): TransportRequest {
  const query = new URLSearchParams(parameters).toString();
  return plainRequest(`http://${host}${METADATA_ROOT}${path}${query === '' ? '' : `?${query}`}`, headers);
}

/** Asks for an access token; the scopes go along only where some were named. */
export function accessTokenRequest(
  host: string,
  account: string,
  scopes: readonly string[] | undefined,
): TransportRequest {
  const parameters: Record<string, string> =
    scopes === undefined || scopes.length === 0 ? {} : { scopes: scopes.join(',') };
  return metadataRequest(host, `${ACCOUNTS}/${account}/token`, parameters, metrics('at'));
}

/** Asks for an ID token. */
export function identityRequest(host: string, parts: IdentityParts): TransportRequest {
  const { account, audience, format, licenses } = parts;
  const parameters = { audience, format, ...(licenses ? { licenses: 'TRUE' } : {}) };
  return metadataRequest(host, `${ACCOUNTS}/${account}/identity`, parameters, metrics('it'));
}

/** Asks for the e-mail address of a service account. */
export function emailRequest(host: string, account: string): TransportRequest {
  return metadataRequest(host, `${ACCOUNTS}/${account}/email`);
}

/** Asks whether there is a metadata server at all. */
export function pingRequest(address: string): TransportRequest {
  return plainRequest(`http://${address}/`, { [API_CLIENT_HEADER]: pingMetrics() });
}

function metrics(requestType: 'at' | 'it'): Readonly<Record<string, string>> {
  return { [API_CLIENT_HEADER]: tokenRequestMetrics('mds', requestType) };
}

/** Never through a proxy: a proxy's machine has a metadata server of its own, or none. */
function plainRequest(url: string, headers: Readonly<Record<string, string>>): TransportRequest {
  const [name, value] = METADATA_FLAVOR;
  return Object.freeze({ method: 'GET', url, headers: Object.freeze({ [name]: value, ...headers }), proxy: false });
}
