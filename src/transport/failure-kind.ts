/** Sorts the errors of HTTP clients into the few kinds that callers can act on. Pure. */
import { read } from '../base/thrown.js';
import type { TransportErrorCode } from '../errors.js';
import { chainOf, type SystemError } from './system-error.js';

/** What kind of failure it was. */
export type FailureKind = Extract<
  TransportErrorCode,
  'body_too_large' | 'dns_failed' | 'network_failed' | 'timed_out' | 'tls_failed'
>;

/** c-ares and getaddrinfo speak of names in these words. */
const DNS = /^(?:EAI_\w+|ENOTFOUND|ENODATA|ENONAME|ESERVFAIL)$/;
/** OpenSSL's names for a certificate that does not hold, and Node's for a handshake that failed. */
const TLS =
  /^(?:CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|ERR_(?:SSL|OSSL)_\w+|ERR_TLS_(?!HANDSHAKE_TIMEOUT)\w+|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|CRL_\w+|EPROTO)$/;
const TIMEOUT =
  /^(?:ETIMEDOUT|ESOCKETTIMEDOUT|ECONNABORTED|ERR_TLS_HANDSHAKE_TIMEOUT|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT)$/;
/** With these no connection was made, so no byte of the request left. */
const UNSENT =
  /^(?:ECONNREFUSED|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|ERR_TLS_HANDSHAKE_TIMEOUT|UND_ERR_CONNECT_TIMEOUT)$/;

/** Node's names for wrong arguments. */
const CALLERS_FAULT = /^ERR_(?:INVALID|MISSING|OUT_OF)_/;

const TIMEOUT_NAMES: ReadonlySet<unknown> = new Set(['AbortError', 'TimeoutError']);

/** The kind of what a client threw; undefined where nothing in it tells. */
export function kindOf(thrown: unknown, system: SystemError | undefined): FailureKind | undefined {
  const chain = chainOf(thrown);
  // node-fetch marks a body over its `size` in this way.
  if (chain.some((link) => read(link, 'type') === 'max-size')) return 'body_too_large';
  if (system !== undefined) return kindOfCode(system.code);
  // Nobody else aborts a request whose own signal has not aborted: a client does when its time is up.
  return chain.some((link) => TIMEOUT_NAMES.has(read(link, 'name'))) ? 'timed_out' : undefined;
}

/** Whether it is certain that no byte of the request has left. */
export function isUnsent(kind: FailureKind | undefined, system: SystemError | undefined): boolean {
  if (system === undefined) return false;
  return kind === 'dns_failed' || kind === 'tls_failed' || system.syscall === 'connect' || UNSENT.test(system.code);
}

function kindOfCode(code: string): FailureKind | undefined {
  if (CALLERS_FAULT.test(code)) return undefined;
  if (DNS.test(code)) return 'dns_failed';
  if (TLS.test(code)) return 'tls_failed';
  return TIMEOUT.test(code) ? 'timed_out' : 'network_failed';
}
