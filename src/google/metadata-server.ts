/** Google's metadata server: where it answers, and the requests that it takes ({@link https://cloud.google.com/compute/docs/metadata/overview | Google's description}). */
import type { TransportRequest } from '../transport/transport.js';
import { API_CLIENT_HEADER, pingMetrics, tokenRequestMetrics } from './metrics.js';

/** The header, and its value, that every request and every believable answer carries. */
export const METADATA_FLAVOR: readonly [name: string, value: string] = Object.freeze(['metadata-flavor', 'Google']);

/** Where the metadata server answers where nothing says otherwise. */
export const METADATA_HOST = 'metadata.google.internal';

/** Its address, for the ping: asking a name server off Google Cloud can take longer than the whole ping may. */
export const METADATA_ADDRESS = '169.254.169.254';

/** The service account of the machine. */
export const DEFAULT_ACCOUNT = 'default';

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

const ROOT = '/computeMetadata/v1/';
const ACCOUNTS = 'instance/service-accounts';
const HOST = /^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;
const ACCOUNT = /^(?!\.+$)[\w.@:+-]{1,320}$/;
/** Older projects carry the domain that they belong to: `example.com:my-project`. */
const PROJECT_ID = /^[a-z0-9][a-z0-9.:-]{0,254}$/i;

/** Whether the value is a host with or without a port, and nothing else: no protocol, user or path. */
export function isHost(value: string): boolean {
  return HOST.test(value) && URL.canParse(`http://${value}`);
}

/** Whether the value can name a service account: `default`, or an e-mail address. */
export function isServiceAccount(value: unknown): value is string {
  return typeof value === 'string' && ACCOUNT.test(value);
}

/** Whether the value can be the id of a project. */
export function isProjectId(value: string): boolean {
  return PROJECT_ID.test(value);
}

/** Whether a URL leads to this metadata server, in the host's own spelling or in the normal one. */
export function isMetadataUrl(url: string, host: string): boolean {
  const base = `http://${host}`;
  return url.startsWith(base + ROOT) || (URL.canParse(base) && url.startsWith(new URL(base).origin + ROOT));
}

/** Asks for one value, such as `project/project-id`. */
export function metadataRequest(
  host: string,
  path: string,
  parameters: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): TransportRequest {
  const query = new URLSearchParams(parameters).toString();
  return plainRequest(`http://${host}${ROOT}${path}${query === '' ? '' : `?${query}`}`, headers);
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
