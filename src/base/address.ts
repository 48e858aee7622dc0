/** What kind of place a host is: open to all, private, this machine, or one that tokens are never sent to. */

/**
 * `forbidden`: link-local, unspecified, multicast, reserved, or a cloud's metadata server.
 * `private`: reachable in some networks only. `loopback`: this machine. `public`: all else; names are not resolved.
 */
export type AddressKind = 'public' | 'private' | 'loopback' | 'forbidden';

/** Names, and addresses of IPv6, under which the clouds' metadata servers answer. */
const METADATA_HOSTS: readonly string[] = [
  'metadata.google.internal',
  'metadata.goog',
  'metadata',
  'instance-data',
  'instance-data.ec2.internal',
  '[fd00:ec2::254]',
  '[fd20:ce::254]',
];
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|home\.arpa)$|^[^.]+$/;
const IPV4 = /^(\d{1,3}\.){3}\d{1,3}$/;

// A network is told by the first hexadecimal digits of its addresses, of which IPv4 has 8 and IPv6 has 32.

/** Where clouds answer with the machine's own tokens: 169.254.0.0/16, 100.100.100.200, 168.63.129.16 and 192.0.0.192. */
const IPV4_METADATA = /^(a9fe|646464c8|a83f8110|c00000c0)/;
/** 0.0.0.0/8 and 224.0.0.0/3. */
const IPV4_UNUSABLE = /^(00|[ef])/;
/**
 * 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16; 100.64.0.0/10 for carrier-grade NAT (RFC 6598), 192.0.0.0/24 for protocols
 * (RFC 6890), 198.18.0.0/15 for benchmarks (RFC 2544).
 */
const IPV4_PRIVATE = /^(0a|ac1|c0a8|64[4-7]|c00000|c61[23])/;
/** fe80::/10 and ff00::/8. */
const IPV6_UNUSABLE = /^(fe[89ab]|ff)/;
/** fc00::/7 and fec0::/10. */
const IPV6_PRIVATE = /^(f[cd]|fe[c-f])/;
/** Those that end in the IPv4 address to which they lead: compatible, mapped, translated, NAT64 and, in any network, ISATAP. */
const IPV4_AT_END = /^(0{24}|0{20}ffff|0{16}ffff0000|0064ff9b0{16}|.{16}0[02]005efe)/;

/** The kind of a host as `URL.hostname` gives it: in lower case, IPv4 in four decimals, IPv6 in brackets. */
export function addressKind(hostname: string): AddressKind {
  const host = hostname.replace(/\.+$/, '');
  if (host === '' || METADATA_HOSTS.includes(host)) return 'forbidden';
  if (isLoopbackHost(host)) return 'loopback';
  if (host.startsWith('[')) return ipv6Kind(ipv6Digits(host.slice(1, -1)));
  if (IPV4.test(host)) return ipv4Kind(Buffer.from(host.split('.').map(Number)).toString('hex'));
  return PRIVATE_NAME.test(host) ? 'private' : 'public';
}

/** Whether plain http to this host stays on this machine: `localhost`, 127.0.0.0/8 or `[::1]`, and no other spelling of them. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK_HOST.test(hostname);
}

/** All digits of a compressed address, which `URL` has already checked. */
function ipv6Digits(address: string): string {
  const [head = '', tail = ''] = address
    .split('::')
    .map((part) => part.replace(/(\w+):?/g, (_, group: string) => group.padStart(4, '0')));
  return head.padEnd(32 - tail.length, '0') + tail;
}

function ipv6Kind(digits: string): AddressKind {
  if (IPV6_UNUSABLE.test(digits)) return 'forbidden';
  const ipv4 = embeddedIpv4(digits);
  if (ipv4 !== undefined) return ipv4Kind(ipv4);
  // The network of local NAT64s (RFC 8215).
  if (digits.startsWith('0064ff9b0001')) return mayBeMetadata(digits) ? 'forbidden' : 'private';
  return IPV6_PRIVATE.test(digits) ? 'private' : 'public';
}

/** The IPv4 address that an IPv6 address leads to. */
function embeddedIpv4(digits: string): string | undefined {
  if (IPV4_AT_END.test(digits)) return digits.slice(24);
  // 6to4.
  if (digits.startsWith('2002')) return digits.slice(4, 12);
  // Teredo, which inverts it.
  if (!digits.startsWith('20010000')) return undefined;
  return (0xffff_ffff - Number.parseInt(digits.slice(24), 16)).toString(16).padStart(8, '0');
}

function ipv4Kind(digits: string): AddressKind {
  if (IPV4_UNUSABLE.test(digits) || IPV4_METADATA.test(digits)) return 'forbidden';
  if (digits.startsWith('7f')) return 'loopback';
  return IPV4_PRIVATE.test(digits) ? 'private' : 'public';
}

/**
 * Whether an address of a local NAT64 may lead to a metadata server. Where in it the IPv4 address stands depends on the length of
 * the network's prefix, which only the network knows: 48, 56, 64 or 96 bits. The eight bits from the 64th on stand outside (RFC 6052 §2.2).
 */
function mayBeMetadata(digits: string): boolean {
  const behind48 = digits.slice(12, 16) + digits.slice(18);
  return [0, 2, 4, 10].some((at) => IPV4_METADATA.test(behind48.slice(at)));
}
