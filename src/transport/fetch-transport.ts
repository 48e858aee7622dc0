/** A transport over `fetch`, as users make it: its options are checked at once, and all else is loaded with its first request. */
import { requireClock } from '../base/clock-check.js';
import { systemClock, type Clock } from '../base/clock.js';
import { FirstUse } from '../base/first-use.js';
import { judgedOptions } from '../base/option-record.js';
import { ofType, optional } from '../base/option-rules.js';
import type { Transport } from './transport.js';

/** What a `fetchTransport` can be given. */
export interface FetchTransportOptions {
  /**
   * The `fetch` to use.
   * @default the global one, looked up at each request
   */
  readonly fetch?: typeof fetch | undefined;
  /**
   * Where the deadlines take their time from.
   * @default the system's clock
   */
  readonly clock?: Clock | undefined;
}

type FetchSettings = FetchTransportOptions & { readonly clock: Clock };

/**
 * A transport over `fetch`. Proxies are the business of that `fetch`: `proxy: false` cannot be promised here.
 * @throws TypeError where an option is of the wrong type.
 */
export function fetchTransport(options: FetchTransportOptions = {}): Transport {
  const { fetch: given, clock } = judgedOptions<FetchTransportOptions, FetchSettings>(options, {
    fetch: optional(ofType('function')),
    clock: optional(requireClock, systemClock),
  });
  const client = new FirstUse(async () => (await import('./fetch.js')).fetchClient(given, clock));
  return (request) => client.use((send) => send(request));
}
