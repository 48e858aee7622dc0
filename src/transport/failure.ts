/** Turns whatever an HTTP client threw into the one error that callers see, without a word of the request in it. */
import { safeError } from '../base/safe-error.js';
import { TransportError } from '../errors.js';
import { isUnsent, kindOf, type FailureKind } from './failure-kind.js';
import { MAX_BODY_BYTES } from './limits.js';
import { systemErrorIn, type SystemError } from './system-error.js';
import { hostAndPort } from './target.js';
import { tlsReason } from './tls-reason.js';

/**
 * The `TransportError` for a failed request: itself where it is one already. Its cause is a plain system error or absent.
 * @param url Of the request; only its host and port are told.
 * @param sent Whether the request may have left, where the client knows; otherwise it is judged by the error.
 */
export function failureOf(thrown: unknown, url: string, sent?: boolean): TransportError {
  if (thrown instanceof TransportError) return safeError(thrown);
  const system = systemErrorIn(thrown);
  const kind = kindOf(thrown, system) ?? 'network_failed';
  const maySent = sent ?? !isUnsent(kind, system);
  const message = messageOf(kind, hostAndPort(url), maySent, system);
  return new TransportError(kind, message, { cause: system, retryable: kind !== 'tls_failed', sent: maySent });
}

/** Nothing complete came back in time. */
export function attemptTimedOut(url: string, timeoutMs: number, sent: boolean): TransportError {
  const message = `No complete answer from ${hostAndPort(url)} within ${String(Math.round(timeoutMs))} ms. ${advice(sent)}`;
  return new TransportError('timed_out', message, { retryable: true, sent });
}

/** No connection came about in time. */
export function connectTimedOut(url: string, timeoutMs: number): TransportError {
  const message = `No connection to ${hostAndPort(url)} within ${String(Math.round(timeoutMs))} ms. ${advice(false)}`;
  return new TransportError('timed_out', message, { retryable: true, sent: false });
}

/** The body went past the cap, and was not read further. */
export function bodyTooLarge(url: string): TransportError {
  return new TransportError('body_too_large', messageOf('body_too_large', hostAndPort(url), true, undefined), {
    retryable: true,
    sent: true,
  });
}

function messageOf(kind: FailureKind, target: string, sent: boolean, system: SystemError | undefined): string {
  const detail = detailOf(system);
  switch (kind) {
    case 'dns_failed':
      return `No address was found for ${target}${detail}. Check the name, and the DNS of this machine.`;
    case 'tls_failed':
      return `No secure connection to ${target}${detail}: ${tlsReason(system?.code)}. Trying again does not help.`;
    case 'timed_out':
      return `No complete answer from ${target} in time${detail}. ${advice(sent)}`;
    case 'body_too_large':
      return `The answer of ${target} is larger than ${String(MAX_BODY_BYTES)} bytes and was not read further. Check that the URL is the right endpoint.`;
    case 'network_failed':
      return `${sent ? `The connection to ${target} broke before a complete answer` : `No connection to ${target}`}${detail}. ${advice(sent)}`;
  }
}

function advice(sent: boolean): string {
  return sent
    ? 'The request may have been carried out.'
    : 'Check that the server is up and can be reached from here, and the proxy settings.';
}

/** A proxy's address stands in its own errors, and tells who it was that could not be reached. */
function detailOf(system: SystemError | undefined): string {
  if (system === undefined) return '';
  if (system.address === undefined)
    return ` (${system.code}${system.hostname === undefined ? '' : ` ${system.hostname}`})`;
  return ` (${system.code} ${system.address}${system.port === undefined ? '' : `:${String(system.port)}`})`;
}
