/** What kind of place a host is: open to all, private, this machine, or one that tokens are never sent to. */

/**
 * `forbidden`: link-local, unspecified, multicast, reserved, or a cloud's metadata server.
 * `private`: reachable in some networks only. `loopback`: this machine. `public`: all else; names are not resolved.
 */
export type AddressKind = 'public' | 'private' | 'loopback' | 'forbidden';

type Octets = readonly [number, number, number, number];

/** Names and addresses under which the clouds' metadata servers answer. */
const METADATA_HOSTS: ReadonlySet<string> = new Set([
  'metadata.google.internal',
  'metadata.goog',
  'metadata',
  'instance-data',
  'instance-data.ec2.internal',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  '[fd00:ec2::254]',
  '[fd20:ce::254]',
]);
const PRIVATE_NAMES = /(^|\.)(localhost|local|internal|home\.arpa)$/;

/** The kind of a host as `URL.hostname` gives it: in lower case, IPv4 in four decimals, IPv6 in brackets. */
export function addressKind(hostname: string): AddressKind {
  const host = hostname.replace(/\.+$/, '');
  if (host === '' || METADATA_HOSTS.has(host)) return 'forbidden';
  if (host.startsWith('[')) return ipv6Kind(groupsOf(host.slice(1, -1)));
  const octets = octetsOf(host);
  return octets === undefined ? nameKind(host) : ipv4Kind(octets);
}

/** Whether plain http to this host stays on this machine: `localhost`, 127.0.0.0/8 or `[::1]`, and no other spelling of them. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || octetsOf(hostname)?.[0] === 127;
}

function nameKind(host: string): AddressKind {
  if (host === 'localhost') return 'loopback';
  return PRIVATE_NAMES.test(host) || !host.includes('.') ? 'private' : 'public';
}

function octetsOf(host: string): Octets | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host);
  return parts === null ? undefined : [Number(parts[1]), Number(parts[2]), Number(parts[3]), Number(parts[4])];
}

function ipv4Kind([a, b, c, d]: Octets): AddressKind {
  if (a === 0 || a >= 224 || isMetadata([a, b, c, d])) return 'forbidden';
  if (a === 127) return 'loopback';
  if (a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168)) return 'private';
  // Carrier-grade NAT (RFC 6598), protocol assignments (RFC 6890) and benchmarking networks (RFC 2544).
  const shared =
    (a === 100 && b >= 64 && b < 128) || (a === 192 && b === 0 && c === 0) || (a === 198 && (b === 18 || b === 19));
  return shared ? 'private' : 'public';
}

/** Where clouds answer with the machine's own tokens: the link-local network, and the addresses of the list. */
function isMetadata([a, b, c, d]: Octets): boolean {
  return (a === 169 && b === 254) || METADATA_HOSTS.has(`${a}.${b}.${c}.${d}`);
}

/** The eight 16-bit groups of a compressed address, which `URL` has already checked. */
function groupsOf(address: string): readonly number[] {
  const [head = '', tail] = address.split('::');
  const parse = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const left = parse(head);
  if (tail === undefined) return left;
  const right = parse(tail);
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
}

function ipv6Kind(groups: readonly number[]): AddressKind {
  const [first = 0] = groups;
  const upper = groups.slice(0, 7);
  if (upper.every((group) => group === 0) && (groups[7] ?? 0) < 2) return groups[7] === 1 ? 'loopback' : 'forbidden';
  if ((first & 0xffc0) === 0xfe80 || (first & 0xff00) === 0xff00) return 'forbidden';
  const inside = embeddedIpv4(groups);
  if (inside !== undefined) return ipv4Kind(inside);
  if (first === 0x64 && groups[1] === 0xff9b && groups[2] === 1)
    return localNat64(groups).some(isMetadata) ? 'forbidden' : 'private';
  const isLocal = (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfec0;
  return isLocal ? 'private' : 'public';
}

/**
 * The IPv4 addresses that an address of a local NAT64 (RFC 8215) may lead to. Where in it they stand depends on the length of the
 * network's prefix (RFC 6052 §2.2), which only the network knows: 48, 56, 64 or 96 bits.
 */
function localNat64(groups: readonly number[]): readonly Octets[] {
  const [d, e, f, g, h] = [groups[3] ?? 0, groups[4] ?? 0, groups[5] ?? 0, groups[6] ?? 0, groups[7] ?? 0];
  return [
    [d >> 8, d & 255, e & 255, f >> 8],
    [d & 255, e & 255, f >> 8, f & 255],
    [e & 255, f >> 8, f & 255, g >> 8],
    octetsFrom(g, h),
  ];
}

/** The IPv4 address that an IPv6 address leads to: mapped, compatible, translated, NAT64, 6to4, ISATAP or Teredo. */
function embeddedIpv4(groups: readonly number[]): Octets | undefined {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  const isMapped = (a | b | c | d) === 0 && ((e === 0 && (f === 0 || f === 0xffff)) || (e === 0xffff && f === 0));
  const isNat64 = a === 0x64 && b === 0xff9b && (c | d | e | f) === 0;
  const isIsatap = (e & 0xfdff) === 0 && f === 0x5efe;
  if (isMapped || isNat64 || isIsatap) return octetsFrom(g, h);
  if (a === 0x2002) return octetsFrom(b, c);
  return a === 0x2001 && b === 0 ? octetsFrom(g ^ 0xffff, h ^ 0xffff) : undefined;
}

function octetsFrom(high: number, low: number): Octets {
  return [high >> 8, high & 255, low >> 8, low & 255];
}
