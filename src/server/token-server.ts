/** Named tokens that are fresh before anyone asks: the promise of Goth. */
import { nameClasses } from '../base/class-name.js';
import { liveSignal } from '../base/live-signal.js';
import { knownOptions } from '../base/option-record.js';
import { inspectAs } from '../base/redacted.js';
import type { CallOptions } from '../credentials/call-options.js';
import type { Credentials } from '../credentials/credentials.js';
import type { AccessToken } from '../tokens/access-token.js';
import { DEFAULT_WAIT, waitOptions, type FetchWait } from './fetch-wait.js';
import { requireKeepable } from './keeping/keepable.js';
import { Keeper } from './keeping/keeper.js';
import type { TokenServerEvents, TokenServerListener } from './server-events.js';
import { serverOptions, type TokenServerOptions } from './server-options.js';
import { serverPlan } from './server-plan.js';
import type { TokenServerState } from './server-state.js';
import { sourceOf } from './sources/source-credentials.js';
import { defaultRegistry, TokenRegistry } from './token-registry.js';
import { resultOf, type TokenResult } from './token-result.js';

/** A first attempt is waited for so long at most; a refresh takes no longer. */
const PREFETCH_MS = 30_000;

/**
 * Keeps one token fresh in the background: after the first one nobody waits for a token while its source works.
 *
 * @example
 * ```ts
 * await using server = await TokenServer.start({ name: 'storage', source: credentials });
 * const token = await TokenServer.fetch('storage');
 * ```
 */
export class TokenServer implements AsyncDisposable {
  /** Its name. */
  readonly name: string;
  readonly #keeper: Keeper;
  readonly #registry: TokenRegistry;

  private constructor(name: string, keeper: Keeper, registry: TokenRegistry) {
    this.name = name;
    this.#keeper = keeper;
    this.#registry = registry;
    Object.freeze(this);
  }

  /**
   * Starts a server. It keeps no process alive, and goes on until it is stopped, whatever fails.
   * @throws TypeError for an option of the wrong type, for a name that a running server has, for scopes that the source would not ask
   * for, and for credentials that have no token of their own: those that sign one for each URL, and anonymous ones.
   * @throws ConfigurationError where credentials cannot be made of the source.
   */
  static async start(options: TokenServerOptions): Promise<TokenServer> {
    const own = serverOptions(options);
    const { name, prefetch, registry = defaultRegistry } = own;
    if (!(registry instanceof TokenRegistry)) throw new TypeError('"registry" must be a TokenRegistry');
    const plan = serverPlan(own);
    const source = sourceOf(own);
    requireKeepable(source.credentials);
    const keeper = new Keeper({ name, plan, dispatcher: registry.dispatcherFor(source.clock), ...source });
    const server = new TokenServer(name, keeper, registry);
    registry.enlist(server);
    try {
      keeper.start();
    } catch (error) {
      // A clock that cannot schedule: the name is free again.
      await server.stop();
      throw error;
    }
    // A failure does not fail the start: retries have begun.
    if (prefetch === 'sync') await server.tryFetch(PREFETCH_MS);
    return server;
  }

  /**
   * The token of that name in the default registry: at once and without I/O where a usable one is held.
   * @param wait How long to wait otherwise, in milliseconds, or options; 5 s by default.
   * @throws RefreshError where there is none in that time; `no_token` where no server of that name runs.
   */
  static fetch(name: string, wait?: FetchWait): Promise<AccessToken> {
    return defaultRegistry.fetch(name, wait);
  }

  /** The same as a value, whether there is a token or not. */
  static tryFetch(name: string, wait?: FetchWait): Promise<TokenResult> {
    return defaultRegistry.tryFetch(name, wait);
  }

  /** The credentials that are kept warm for everybody; `undefined` until default credentials were found. */
  get credentials(): Credentials | undefined {
    return this.#keeper.credentials;
  }

  /** How things stand now. */
  get state(): TokenServerState {
    return this.#keeper.state;
  }

  /**
   * The token: at once and without I/O where a usable one is held. While nothing is attempted after failures, callers fail at once with
   * `nextAttemptAt`.
   * @param wait How long to wait otherwise, in milliseconds, or options; 5 s by default.
   * @throws RefreshError where there is none in that time.
   */
  fetch(wait?: FetchWait): Promise<AccessToken> {
    try {
      const options = wait === undefined ? DEFAULT_WAIT : waitOptions(wait);
      return this.#keeper.held() ?? this.#keeper.obtain(options);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** The same as a value, whether there is a token or not. */
  tryFetch(wait?: FetchWait): Promise<TokenResult> {
    return resultOf(this.fetch(wait));
  }

  /**
   * Asks for a new token, whatever is held and whatever failed before; joins an attempt under way.
   * @throws TypeError for options that are none.
   * @throws RefreshError where none could be obtained.
   */
  async refresh(options: CallOptions = {}): Promise<AccessToken> {
    const own = knownOptions(options, ['signal'], 'options');
    liveSignal(own);
    return await this.#keeper.refresh({ timeoutMs: Infinity, signal: own.signal });
  }

  /**
   * Calls a listener on every event of a kind.
   * @returns What stops it.
   * @throws TypeError for an event that there is not.
   */
  on<E extends keyof TokenServerEvents>(event: E, listener: TokenServerListener<E>): () => void {
    return this.#keeper.on(event, listener);
  }

  /**
   * Stops it and frees its name; resolves when a refresh under way has ended, so that a rotated refresh token is saved. That holds the
   * process open, for 30 s at most.
   */
  async stop(): Promise<void> {
    this.#registry.dismiss(this);
    await this.#keeper.stop();
  }

  /** {@link TokenServer.stop}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** A description without secrets. */
  toJSON(): object {
    const { tokenState, refreshing, retries, nextRefreshAt } = this.state;
    return { name: this.name, tokenState, refreshing, retries, nextRefreshAt };
  }

  static {
    nameClasses({ TokenServer: this });
    inspectAs(this, (self) => `TokenServer ${JSON.stringify(self)}`);
  }
}
