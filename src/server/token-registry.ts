/** Token servers by their names, and what they share: a timer for each clock, and what is known of their issuers. */
import { nameClasses } from '../base/class-name.js';
import type { Clock } from '../base/clock.js';
import { inspectAs } from '../base/redacted.js';
import { RefreshError } from '../errors.js';
import type { AccessToken } from '../tokens/access-token.js';
import type { FetchWait } from './fetch-wait.js';
import { Dispatcher } from './queues/dispatcher.js';
import { resultOf, type TokenResult } from './token-result.js';
import type { TokenServer } from './token-server.js';

/**
 * Token servers by their names. Servers of one registry share one timer and their retry budgets; those of another know nothing of them.
 *
 * @example
 * ```ts
 * await using registry = new TokenRegistry();
 * await TokenServer.start({ name: 'storage', source: credentials, registry });
 * const token = await registry.fetch('storage');
 * ```
 */
export class TokenRegistry implements AsyncDisposable {
  readonly #servers = new Map<string, TokenServer>();
  readonly #dispatchers = new WeakMap<Clock, Dispatcher>();

  /** How many servers run. */
  get size(): number {
    return this.#servers.size;
  }

  /** The names of the servers that run. */
  get names(): readonly string[] {
    return Object.freeze([...this.#servers.keys()]);
  }

  /** The server of that name, where one runs. */
  get(name: string): TokenServer | undefined {
    return this.#servers.get(name);
  }

  /**
   * The token of that name: at once and without I/O where a usable one is held.
   * @param wait How long to wait otherwise, in milliseconds, or options; 5 s by default.
   * @throws RefreshError where there is none in that time; `no_token` where no server of that name runs.
   */
  fetch(name: string, wait?: FetchWait): Promise<AccessToken> {
    const server = this.#servers.get(name);
    return server === undefined ? Promise.reject(unknownName()) : server.fetch(wait);
  }

  /** The same as a value, whether there is a token or not. */
  tryFetch(name: string, wait?: FetchWait): Promise<TokenResult> {
    return resultOf(this.fetch(name, wait));
  }

  /** Stops all servers; resolves when what they had under way has ended. */
  async stop(): Promise<void> {
    await Promise.all([...this.#servers.values()].map((server) => server.stop()));
  }

  /** {@link TokenRegistry.stop}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** A description without secrets. */
  toJSON(): object {
    return { names: this.names };
  }

  static {
    nameClasses({ TokenRegistry: this });
    inspectAs(this, ({ size }) => `TokenRegistry { size: ${String(size)} }`);
  }

  /** @internal Registers a server under its name. */
  enlist(server: TokenServer): void {
    if (this.#servers.has(server.name))
      throw new TypeError(
        '"name" must be one that no running token server of the registry has: stop that one, or choose another',
      );
    this.#servers.set(server.name, server);
  }

  /** @internal Takes a server out: its name is free again. */
  dismiss(server: TokenServer): void {
    if (this.#servers.get(server.name) === server) this.#servers.delete(server.name);
  }

  /** @internal What the servers of a clock share. */
  dispatcherFor(clock: Clock): Dispatcher {
    const known = this.#dispatchers.get(clock);
    if (known !== undefined) return known;
    const dispatcher = new Dispatcher(clock);
    this.#dispatchers.set(clock, dispatcher);
    return dispatcher;
  }
}

/** The registry of servers that were started without one. */
export const defaultRegistry: TokenRegistry = new TokenRegistry();

function unknownName(): RefreshError {
  return new RefreshError('no_token', 'No token server of that name is running. Start it with TokenServer.start().', {
    retryable: true,
  });
}
