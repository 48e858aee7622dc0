/** Which URLs tokens and secrets may be sent to. */
import { ConfigurationError } from '../errors.js';
import { addressKind, isLoopbackHost } from './address.js';
import { endpointPolicy, hasEmptyLabel, isListed, type EndpointPolicy } from './endpoint-policy.js';
import { parsedUrl } from './parsed-url.js';

export { untrustedFile, type EndpointPolicy } from './endpoint-policy.js';

const MAX_DOMAIN_LENGTH = 253;
const UNIVERSE_DOMAIN = /^(?![.-])[a-z\d.-]{1,253}(?<![.-])$/;
const CHECK_OR = 'Check where the file comes from, or';

/**
 * The URL in its normal spelling, if tokens may be sent there: https, or http to this machine; no user name or
 * password, no fragment; allowed by the policy.
 * @param where - What names the URL, for the message: `"token_uri" in key.json`.
 * @throws ConfigurationError `endpoint_refused` that says why, and what to do; of the URL it names the host alone.
 * @throws TypeError where the policy is of the wrong type, or holds what no policy has.
 */
export function checkEndpoint(value: unknown, where: string, policy?: EndpointPolicy): string {
  const checked = policy === undefined ? {} : endpointPolicy(policy);
  const url = parsedUrl(value);
  if (url === undefined) throw refused(where, 'is not an absolute URL. Give one that starts with https://.');
  const fault = syntaxFault(url, String(value)) ?? placeFault(url, checked);
  if (fault !== undefined) throw refused(where, fault);
  // The caller's own string where it says the same: thousands of credentials then share one.
  return value === url.href ? value : url.href;
}

/** Whether the value looks like a domain: `googleapis.com`, `example-universe.goog`. */
export function isUniverseDomain(value: unknown): value is string {
  return typeof value === 'string' && UNIVERSE_DOMAIN.test(value);
}

/**
 * The universe domain, checked.
 * @throws TypeError naming the argument, where it does not look like a domain.
 */
export function checkUniverseDomain(value: unknown, argument: string): string {
  if (isUniverseDomain(value)) return value;
  throw new TypeError(`"${argument}" must be a domain in lower case, such as googleapis.com`);
}

function syntaxFault({ username, password, hostname }: URL, text: string): string | undefined {
  if (username !== '' || password !== '') return 'holds a user name or a password. Remove what stands before the @.';
  // An empty fragment does not show in `url.hash`.
  if (text.includes('#')) return 'holds a fragment. Remove the # and what follows.';
  if (/[\s\\]/.test(text)) return 'holds white space or a backslash. Remove it.';
  if (!hasEmptyLabel(hostname)) return undefined;
  return 'holds a host name with an empty part. Correct the dots: no two in a row, and none at the start.';
}

function placeFault({ protocol, hostname, port }: URL, policy: EndpointPolicy): string | undefined {
  const host = hostname.slice(0, MAX_DOMAIN_LENGTH);
  const isLoopbackHttp = protocol === 'http:' && isLoopbackHost(hostname);
  if (protocol !== 'https:' && !isLoopbackHttp)
    return `is not https (host ${host}). Use https; plain http is for localhost only.`;
  if (isLoopbackHttp && policy.allowLoopbackHttp === false)
    return `is plain http (host ${host}). Use https, or set "allowLoopbackHttp" in "endpoints".`;
  const kind = addressKind(hostname);
  if (kind === 'forbidden')
    return `leads to ${host}, a link-local, metadata or unusable address. Name the token server itself; no policy allows this.`;
  if (kind !== 'public' && policy.allowPrivate === false)
    return `leads to ${host}, which is private. ${CHECK_OR} set "allowPrivate" in "endpoints".`;
  if (!isListed(hostname, policy))
    return `leads to ${host}, which is not among the allowed hosts. ${CHECK_OR} add to "hosts" in "endpoints".`;
  if (port === '' || policy.allowOtherPorts !== false) return undefined;
  return `leads to port ${port} of ${host}. ${CHECK_OR} set "allowOtherPorts" in "endpoints".`;
}

function refused(where: string, fault: string): ConfigurationError {
  return new ConfigurationError('endpoint_refused', `${where} ${fault}`);
}
