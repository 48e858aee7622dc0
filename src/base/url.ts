/** Which URLs tokens and secrets may be sent to. Every check uses the WHATWG parser, which the HTTP clients use too. */
import { ConfigurationError } from '../errors.js';
import { addressKind, isLoopbackHost } from './address.js';
import { endpointPolicy, hasEmptyLabel, isListed, type EndpointPolicy } from './endpoint-policy.js';

export { untrustedFile, type EndpointPolicy } from './endpoint-policy.js';

const METADATA_SERVER: ReadonlySet<string> = new Set([
  'metadata.google.internal',
  'metadata',
  '169.254.169.254',
  '[fd20:ce::254]',
]);
const ANY: EndpointPolicy = Object.freeze({});
const UNIVERSE_DOMAIN = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;
const MAX_DOMAIN_LENGTH = 253;
const SCHEME = /^([a-z][a-z\d+.-]*):/i;
const TLS_SCHEMES: ReadonlySet<string> = new Set(['https', 'wss']);

/**
 * The URL in its normal spelling, if tokens may be sent there: https, or http to this machine; no user name or
 * password, no fragment; allowed by the policy.
 * @param where - What names the URL, for the message: `"token_uri" in key.json`.
 * @throws ConfigurationError `endpoint_refused` that says why, and what to do; of the URL it names the host alone.
 * @throws TypeError where the policy is of the wrong type, or holds what no policy has.
 */
export function checkEndpoint(value: unknown, where: string, policy?: EndpointPolicy): string {
  const checked = policy === undefined ? ANY : endpointPolicy(policy);
  const url = parse(value);
  if (url === undefined) throw refused(where, 'is not an absolute URL', 'Give one that starts with https://.');
  const reason = syntaxFault(url, String(value)) ?? protocolFault(url, checked) ?? hostFault(url, checked);
  if (reason !== undefined) throw refused(where, ...reason);
  // The caller's own string where it says the same: thousands of credentials then share one.
  return typeof value === 'string' && value === url.href ? value : url.href;
}

/**
 * Whether a bearer token must not be sent there: an absolute URL that is neither https: nor wss:, but for http: to this machine
 * and to the metadata server. A relative URL is not insecure: it does not say where it leads.
 */
export function isInsecureTarget(url: string): boolean {
  // Nearly every request takes this way, so it allocates nothing.
  return !url.startsWith('https:') && isInsecureScheme(url);
}

/** Whether the value looks like a domain: `googleapis.com`, `example-universe.goog`. */
export function isUniverseDomain(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_DOMAIN_LENGTH && UNIVERSE_DOMAIN.test(value);
}

/**
 * The universe domain, checked.
 * @throws TypeError naming the argument, where it does not look like a domain.
 */
export function checkUniverseDomain(value: unknown, argument: string): string {
  if (isUniverseDomain(value)) return value;
  throw new TypeError(`"${argument}" must be a domain in lower case, such as googleapis.com`);
}

type Fault = readonly [reason: string, remedy: string];

function isInsecureScheme(url: string): boolean {
  const scheme = SCHEME.exec(withoutSkipped(url))?.[1]?.toLowerCase();
  if (scheme === undefined || TLS_SCHEMES.has(scheme)) return false;
  if (scheme !== 'http') return true;
  // What this parser refuses, another might read: it counts as insecure.
  const host = parse(url)?.hostname;
  return host === undefined || !(isLoopbackHost(host) || METADATA_SERVER.has(host.replace(/\.$/, '')));
}

/**
 * What parsers skip: before a URL controls and spaces (of Unicode too, where a client trims), and within it tabs and line ends. As a literal
 * it would cost whoever imports this file nearly half a millisecond.
 */
let skipped: RegExp | undefined;

function withoutSkipped(url: string): string {
  skipped ??= new RegExp(String.raw`^[\p{Cc}\p{Cf}\p{Z}]+|[\t\n\r]`, 'gu');
  return url.replace(skipped, '');
}

function parse(value: unknown): URL | undefined {
  return typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
}

function syntaxFault(url: URL, text: string): Fault | undefined {
  if (url.username !== '' || url.password !== '')
    return ['holds a user name or a password', 'Remove what stands before the @.'];
  // An empty fragment does not show in `url.hash`.
  if (text.includes('#')) return ['holds a fragment', 'Remove the # and what follows.'];
  if (/[\s\\]/.test(text)) return ['holds white space or a backslash', 'Remove it.'];
  if (hasEmptyLabel(url.hostname))
    return ['holds a host name with an empty part', 'Correct the dots: no two in a row, and none at the start.'];
  return undefined;
}

function protocolFault({ protocol, hostname }: URL, policy: EndpointPolicy): Fault | undefined {
  if (protocol === 'https:') return undefined;
  const isLoopbackHttp = protocol === 'http:' && isLoopbackHost(hostname);
  if (!isLoopbackHttp)
    return [`is not https (host ${shown(hostname)})`, 'Use https; plain http is for localhost only.'];
  if (policy.allowLoopbackHttp !== false) return undefined;
  return [`is plain http (host ${hostname})`, 'Use https, or set "allowLoopbackHttp" in "endpoints".'];
}

function hostFault({ hostname, port }: URL, policy: EndpointPolicy): Fault | undefined {
  const kind = addressKind(hostname);
  if (kind === 'forbidden') {
    return [
      `leads to ${shown(hostname)}, a link-local, metadata or unusable address`,
      'Name the token server itself; no policy allows this.',
    ];
  }
  if (kind !== 'public' && policy.allowPrivate === false) {
    return [
      `leads to ${shown(hostname)}, which is private`,
      'Check where the file comes from, or set "allowPrivate" in "endpoints".',
    ];
  }
  if (!isListed(hostname, policy)) {
    return [
      `leads to ${shown(hostname)}, which is not among the allowed hosts`,
      'Check where the file comes from, or add to "hosts" in "endpoints".',
    ];
  }
  if (port === '' || policy.allowOtherPorts !== false) return undefined;
  return [
    `leads to port ${port} of ${shown(hostname)}`,
    'Check where the file comes from, or set "allowOtherPorts" in "endpoints".',
  ];
}

function shown(hostname: string): string {
  return hostname.slice(0, MAX_DOMAIN_LENGTH);
}

function refused(where: string, reason: string, remedy: string): ConfigurationError {
  return new ConfigurationError('endpoint_refused', `${where} ${reason}. ${remedy}`);
}
