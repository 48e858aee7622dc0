/** What befalls a request before or outside the network: its client cannot be used. */
import { kindOfThrown } from '../base/thrown.js';
import { TransportError } from '../errors.js';
import { systemErrorIn } from './system-error.js';

/** A proxy answered CONNECT with something else than 200; the request never went to it. */
export function proxyRefused(target: string, status: number): TransportError {
  const message = `The proxy refused to connect to ${target} (status ${String(status)}). Check HTTPS_PROXY, its user and password, and NO_PROXY.`;
  return new TransportError('network_failed', message, { retryable: status >= 500, sent: false });
}

/** The HTTP client could not be loaded. */
export function clientMissing(): TransportError {
  const message = 'gaxios could not be loaded. Install it, or give fetchTransport() as the transport.';
  return new TransportError('transport_failed', message, { sent: false });
}

/** The HTTP client refused the request before it sent anything; why is told by a code, for its own words may quote header values. */
export function requestRefused(target: string, reason: unknown): TransportError {
  const system = systemErrorIn(reason);
  const code = system === undefined ? '' : ` (${system.code})`;
  const message = `The request to ${target} was refused before it was sent${code}. Check the header values, the proxy settings (HTTPS_PROXY, HTTP_PROXY, "proxy") and the client certificate.`;
  return new TransportError('transport_failed', message, { cause: system, sent: false });
}

/** A transport of the user's threw something that says nothing of the network. */
export function transportThrew(thrown: unknown): TransportError {
  const message = `The transport given as "request" threw ${kindOfThrown(thrown)} instead of a TransportError. It must reject with a TransportError or a system error.`;
  return new TransportError('transport_failed', message, { retryable: true, sent: true });
}

/** A transport of the user's gave something that is no answer. */
export function answerRefused(what: string): TransportError {
  const message = `The transport given as "request" returned ${what}. It must return { status, headers: { get(name) }, body } with a string as body.`;
  return new TransportError('transport_failed', message, { sent: true });
}
