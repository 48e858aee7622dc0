/** The transport that a kind is given: the caller's or the default one, with the retries and the deadline of its flight around it. */
import type { Clock } from '../base/clock.js';
import type { FlightView } from '../tokens/flight.js';
import { defaultTransport } from '../transport/gaxios-transport.js';
import { toTransport } from '../transport/request-like.js';
import { retrying } from '../transport/retry.js';
import type { RequestLike, Transport } from '../transport/transport.js';

/** Retries inside the flight's deadline while somebody waits; a flight that nobody waits for makes one attempt. */
export function flightTransport(request: RequestLike | undefined, clock: Clock, flight: FlightView): Transport {
  return retrying(request === undefined ? defaultTransport() : toTransport(request, { clock }), {
    clock,
    deadlineAt: flight.deadlineAt,
    signal: flight.signal,
    mayRetry: () => flight.awaited,
  });
}
