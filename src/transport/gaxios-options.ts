/** The options of the default transport, and their check. */
import { requireClock } from '../base/clock-check.js';
import { systemClock, type Clock } from '../base/clock.js';
import { judgedOptions } from '../base/option-record.js';
import { fitting, ofType, optional } from '../base/option-rules.js';
import { parsedUrl } from '../base/parsed-url.js';
import { CONNECT_TIMEOUT_MS } from './limits.js';

/** An `http.Agent`, an `https.Agent`, or what stands in for one, such as a proxy's: it is handed to Node as it is. */
export interface HttpAgent {
  /** Destroys the connections that it holds. */
  destroy(): unknown;
  /** The connections in use, by name. */
  readonly sockets: object;
  /** The requests that wait for a connection, by name. */
  readonly requests: object;
}

/** What a `gaxiosTransport` can be given. Whatever is left out is as gaxios has it. */
export interface GaxiosTransportOptions {
  /**
   * The agent to connect with, or a function that picks one by URL. With it no proxy of `proxy` or of the environment is used.
   * @default connections are kept alive for 4 s, up to 8 idle ones per endpoint
   */
  readonly agent?: HttpAgent | ((url: URL) => HttpAgent) | undefined;
  /**
   * The proxy to go through, by CONNECT; it may hold a user and a password.
   * @default HTTPS_PROXY, https_proxy, HTTP_PROXY or http_proxy of the environment, read at each request; where that proxy is on another
   * machine, loopback is not asked of it
   */
  readonly proxy?: string | URL | undefined;
  /**
   * Where not to use the proxy, on top of NO_PROXY: a host, an origin, `.suffix`, `*.suffix`, a `URL` (its origin), or a `RegExp` on the URL.
   * @default []
   */
  readonly noProxy?: readonly (string | URL | RegExp)[] | undefined;
  /** The client certificate for mutual TLS, as PEM. It is shown to the server, not to the proxy. Needs `key`. */
  readonly cert?: string | undefined;
  /** The private key of `cert`, as PEM. */
  readonly key?: string | undefined;
  /**
   * Where the deadlines take their time from.
   * @default the system's clock
   */
  readonly clock?: Clock | undefined;
  /**
   * How long a connection may take to be made, in milliseconds: DNS, proxy and TLS included.
   * @default 5000
   */
  readonly connectTimeoutMs?: number | undefined;
}

/** The options with everything filled in that has a default of ours. */
export type GaxiosSettings = Readonly<GaxiosTransportOptions> & {
  readonly clock: Clock;
  readonly connectTimeoutMs: number;
};

/**
 * Checks the options and keeps a copy.
 * @throws TypeError where one of them is of the wrong type.
 */
export function gaxiosSettings(options: GaxiosTransportOptions): GaxiosSettings {
  const settings = judgedOptions<GaxiosTransportOptions, GaxiosSettings>(options, {
    agent: optional((value, name) =>
      fitting(value, name, isAgent(value), 'an http.Agent or a function that gives one'),
    ),
    proxy: optional((value, name) => fitting(value, name, parsedUrl(String(value)) !== undefined, 'an absolute URL')),
    noProxy: optional((value, name) => [
      ...fitting(value, name, Array.isArray(value), 'an array of strings, URLs and RegExps'),
    ]),
    // Judged with its key.
    cert: (cert) => cert,
    key: optional(ofType('string')),
    clock: optional(requireClock, systemClock),
    connectTimeoutMs: optional(
      (value, name) => fitting(value, name, typeof value === 'number' && value > 0, 'a number greater than 0'),
      CONNECT_TIMEOUT_MS,
    ),
  });
  if (typeof settings.cert !== typeof settings.key)
    throw new TypeError('"cert" must be a string, given together with "key"');
  return settings;
}

function isAgent(value: unknown): boolean {
  return value !== null && ['object', 'function'].includes(typeof value);
}
