/** The default transport, as users make it: its options are checked at once, and all else is loaded with its first request. */
import { FirstUse } from '../base/first-use.js';
import { gaxiosSettings, type GaxiosTransportOptions } from './gaxios-options.js';
import type { Transport } from './transport.js';

export type { GaxiosTransportOptions } from './gaxios-options.js';

/**
 * A transport for Node: proxies of the environment, mutual TLS, agents, kept connections. gaxios is loaded at the first request.
 * A request with `proxy: false` goes to its server directly, without `proxy`, `agent` and the environment.
 * @throws TypeError where an option is of the wrong type.
 */
export function gaxiosTransport(options: GaxiosTransportOptions = {}): Transport {
  const settings = gaxiosSettings(options);
  const client = new FirstUse(async () => (await import('./gaxios.js')).gaxiosClient(settings));
  return (request) => client.use((send) => send(request));
}

let shared: Transport | undefined;

/** The one transport of the process that serves wherever none was given, so that connections are shared as well. */
export function defaultTransport(): Transport {
  return (shared ??= gaxiosTransport());
}
