/** The default transport, as users make it: its options are checked at once, and all else is loaded with its first request. */
import { FirstUse } from '../base/first-use.js';
import { gaxiosSettings, type GaxiosTransportOptions } from './gaxios-options.js';
import type { GaxiosClient } from './gaxios.js';
import type { HttpResponse, Transport, TransportRequest } from './transport.js';

export type { GaxiosTransportOptions } from './gaxios-options.js';

/**
 * A transport for Node: proxies of the environment, mutual TLS, agents, kept connections. gaxios is loaded at the first request.
 * A request with `proxy: false` goes to its server directly, without `proxy`, `agent` and the environment.
 * @throws TypeError where an option is of the wrong type.
 */
export function gaxiosTransport(options: GaxiosTransportOptions = {}): Transport {
  const client = clientFor(options);
  return (request) => client.use(({ send }) => send(request));
}

function clientFor(options: GaxiosTransportOptions): FirstUse<GaxiosClient> {
  const settings = gaxiosSettings(options);
  return new FirstUse(async () => (await import('./gaxios.js')).gaxiosClient(settings));
}

let shared: FirstUse<GaxiosClient> | undefined;

/**
 * Sends by the one transport of the process that serves wherever none was given, so that connections are shared as well.
 * @param mayProxy Whether there may be a proxy to choose. Where there is none gaxios, which chooses it, need not be loaded.
 */
export function sendByDefault(request: TransportRequest, mayProxy: boolean): Promise<HttpResponse> {
  shared ??= clientFor({});
  return shared.use((client) => (mayProxy ? client.send(request) : client.sendDirectly(request)));
}
