/** The transport that a kind is given: the caller's or the default one, with the retries and the deadline of its flight around it. */
import type { Clock } from '../base/clock.js';
import { readEnv } from '../host/env.js';
import type { FlightView } from '../tokens/flight.js';
import { sendByDefault } from '../transport/gaxios-transport.js';
import { toTransport } from '../transport/request-like.js';
import { retrying } from '../transport/retry.js';
import type { RequestLike, Transport } from '../transport/transport.js';

/** Where gaxios looks for a proxy. */
const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/**
 * Retries inside the flight's deadline while somebody waits; a flight that nobody waits for makes one attempt.
 * @param attempts How often a request is sent at most; three times by default.
 */
export function flightTransport(
  request: RequestLike | undefined,
  clock: Clock,
  flight: FlightView,
  attempts?: number,
): Transport {
  const isDefault = request === undefined;
  const send = retrying(isDefault ? byDefault : toTransport(request, { clock }), {
    clock,
    deadlineAt: flight.deadlineAt,
    // It is made when it is asked for, and the default transport knows the deadline already.
    signal: () => (isDefault && flight.abortsAtDeadline === true ? undefined : flight.signal),
    keepsTime: isDefault,
    mayRetry: () => flight.awaited,
    attempts,
    attemptTimeoutMs: undefined,
  });
  return (sent) => {
    flight.lookAtClocks?.();
    return send(sent);
  };
}

/** The environment is read for each request, so that a proxy that is named later counts. */
const byDefault: Transport = (request) =>
  sendByDefault(
    request,
    PROXY_VARIABLES.some((name) => readEnv(name) !== undefined),
  );
