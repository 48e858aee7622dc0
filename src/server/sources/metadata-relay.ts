/** Asks a metadata server at another address than the environment says. */
import { parsedUrl } from '../../base/parsed-url.js';
import { gaxiosTransport } from '../../transport/gaxios-transport.js';
import { toTransport } from '../../transport/request-like.js';
import type { RequestLike, Transport } from '../../transport/transport.js';

/** Where relays lead. */
const origins = new WeakMap<object, string>();

/**
 * A transport that sends what is meant for the metadata server to another one.
 * @param origin `http://` and a host.
 * @throws TypeError where it is none.
 */
export function metadataRelay(origin: string, request: RequestLike | undefined): Transport {
  const base = originOf(origin);
  const send = request === undefined ? gaxiosTransport() : toTransport(request);
  const relay: Transport = async (asked) => {
    const { pathname, search } = new URL(asked.url);
    return await send(Object.freeze({ ...asked, url: `${base}${pathname}${search}` }));
  };
  origins.set(relay, base);
  return relay;
}

/** Where a transport leads, if it is a relay. */
export function relayedTo(transport: unknown): string | undefined {
  return typeof transport === 'function' ? origins.get(transport) : undefined;
}

function originOf(value: unknown): string {
  const url = parsedUrl(value);
  const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (isOrigin) return url.origin;
  throw new TypeError(
    '"url" of the metadata source must be http:// and a host, such as http://metadata.google.internal',
  );
}
