/** The options of the default transport, and their check. */
import { requireClock } from '../base/clock-check.js';
import { systemClock, type Clock } from '../base/clock.js';
import { ownOptions } from '../base/option-record.js';
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
   * @default HTTPS_PROXY, https_proxy, HTTP_PROXY or http_proxy of the environment, read at each request
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

const NAMES = ['agent', 'cert', 'clock', 'connectTimeoutMs', 'key', 'noProxy', 'proxy'] as const;

/**
 * Checks the options and keeps a copy.
 * @throws TypeError where one of them is of the wrong type.
 */
export function gaxiosSettings(options: GaxiosTransportOptions): GaxiosSettings {
  const given = ownOptions(options, NAMES);
  const { agent, cert, key, noProxy, proxy, clock = systemClock, connectTimeoutMs = CONNECT_TIMEOUT_MS } = given;
  check(
    'agent',
    'an http.Agent or a function that gives one',
    agent === undefined || (agent !== null && ['object', 'function'].includes(typeof agent)),
  );
  check('proxy', 'an absolute URL', proxy === undefined || URL.canParse(String(proxy)));
  check('noProxy', 'an array of strings, URLs and RegExps', noProxy === undefined || Array.isArray(noProxy));
  check('cert', 'a string, given together with "key"', isPem(cert) && (cert === undefined) === (key === undefined));
  check('key', 'a string', isPem(key));
  requireClock(clock, 'clock');
  check('connectTimeoutMs', 'a number greater than 0', typeof connectTimeoutMs === 'number' && connectTimeoutMs > 0);
  const copied = noProxy === undefined ? undefined : [...noProxy];
  return ownOptions({ ...given, noProxy: copied, clock, connectTimeoutMs }, NAMES);
}

function check(name: string, expected: string, holds: boolean): void {
  if (!holds) throw new TypeError(`"${name}" must be ${expected}`);
}

function isPem(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}
