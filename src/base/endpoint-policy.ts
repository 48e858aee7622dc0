/** Which endpoints a credential file may name: the policy, its check, and the preset for files that others hand in. */
import { knownOptions, ownOptions } from './option-record.js';
import { parsedUrl } from './parsed-url.js';

/** Which endpoints a file may name. Link-local and metadata addresses are refused under every policy. */
export interface EndpointPolicy {
  /**
   * The only hosts allowed, without a port: exactly, or with a leading dot every host below that domain.
   * @default any host
   */
  readonly hosts?: readonly string[] | undefined;
  /**
   * Whether private addresses and names, and those of this machine, are allowed. Names are not resolved: where a name
   * of the outer world must not lead inside, list `hosts`.
   * @default true
   */
  readonly allowPrivate?: boolean | undefined;
  /**
   * Whether plain http is allowed to `localhost`, 127.0.0.0/8 and `[::1]`.
   * @default true
   */
  readonly allowLoopbackHttp?: boolean | undefined;
  /**
   * Whether other ports than the scheme's own are allowed.
   * @default true
   */
  readonly allowOtherPorts?: boolean | undefined;
}

/** The policy for files that others hand in: Google's own hosts over https at its own port, and nothing else. */
export const untrustedFile: EndpointPolicy = Object.freeze({
  hosts: Object.freeze(['googleapis.com', '.googleapis.com', 'accounts.google.com']),
  allowPrivate: false,
  allowLoopbackHttp: false,
  allowOtherPorts: false,
});

const NAMES = ['hosts', 'allowPrivate', 'allowLoopbackHttp', 'allowOtherPorts'] as const;

/** Policies that were made here need no second check. */
const checked = new WeakSet<EndpointPolicy>();

/**
 * A frozen copy of the policy, checked, its hosts in their normal spelling. Nothing is overlooked: a policy that is not
 * understood would allow too much.
 * @throws TypeError naming what is of the wrong type, or not known.
 */
export function endpointPolicy(policy: EndpointPolicy): EndpointPolicy {
  if (checked.has(policy)) return policy;
  const { hosts, ...flags } = knownOptions(policy, NAMES, 'endpoints');
  for (const [name, value] of Object.entries(flags)) {
    if (typeof value !== 'boolean') throw new TypeError(`"endpoints.${name}" must be a boolean`);
  }
  const copy = ownOptions<EndpointPolicy>({ ...flags, hosts: hostsOf(hosts) }, NAMES);
  checked.add(copy);
  return copy;
}

/** Whether a host, as `URL.hostname` gives it, is among those of a checked policy. */
export function isListed(hostname: string, { hosts }: EndpointPolicy): boolean {
  if (hosts === undefined) return true;
  const host = hostname.replace(/\.$/, '');
  return hosts.some((entry) => (entry.startsWith('.') ? host.endsWith(entry) : host === entry));
}

/** Whether the name holds a label of no characters, which no name in the DNS does: `a..b`, `.example.com`. */
export function hasEmptyLabel(hostname: string): boolean {
  return hostname.startsWith('.') || hostname.includes('..');
}

function hostsOf(hosts: unknown): readonly string[] | undefined {
  if (hosts === undefined) return undefined;
  if (!Array.isArray(hosts)) throw new TypeError('"endpoints.hosts" must be an array of strings');
  return Object.freeze(Array.from(hosts, hostOf));
}

/** In the spelling of `URL.hostname`, so that capitals, umlauts and a last dot are no difference. */
function hostOf(entry: unknown, index: number): string {
  const [, dot = '', name = ''] =
    /^(\.?)(\[[\da-f:.]+\]|[^\s:/?#@\\[\]]+)$/i.exec(typeof entry === 'string' ? entry : '') ?? [];
  const host = parsedUrl(`https://${name}/`)?.hostname.replace(/\.$/, '') ?? '';
  if (host !== '' && !hasEmptyLabel(host)) return dot + host;
  throw new TypeError(
    `"endpoints.hosts[${index}]" must be a host without a port, such as "example.com", or ".example.com" for all below it`,
  );
}
