/** Tokens by their scopes, for one or many service accounts and the users they act for: the promise of Goth 1.2. */
import { nameClasses } from '../../base/class-name.js';
import { FirstUse } from '../../base/first-use.js';
import { inspectAs } from '../../base/redacted.js';
import type { ScopesLike } from '../../base/scopes.js';
import { loadLruCache } from '../../cache/lru.js';
import { AccessToken } from '../../tokens/access-token.js';
import { poolParts, type PoolParts, type TokenPoolOptions } from './pool-options.js';
import { poolRequest, type PoolCallOptions, type PoolRequest, type PoolTokenOptions } from './pool-request.js';
import { PooledTokens, poolStopped } from './pooled-tokens.js';
import { StoredTokenCredentials } from './stored-token-credentials.js';

const CACHE = new FirstUse(loadLruCache);

/**
 * Hands out tokens of service accounts by their scopes. The first call for some scopes waits; from then on the token is refreshed
 * before it ends, and nobody waits. A token is held for one account, one subject and one set of scopes, and given to no other.
 *
 * @example
 * ```ts
 * await using pool = new TokenPool({ serviceAccount: key });
 * const token = await pool.forScope('https://www.googleapis.com/auth/pubsub');
 * ```
 */
export class TokenPool implements AsyncDisposable {
  readonly #parts: PoolParts;
  #tokens: PooledTokens | undefined;
  #isStopped = false;

  /**
   * Makes a pool, which holds no token yet. It keeps no process alive.
   * @throws TypeError for an option of the wrong type.
   * @throws ConfigurationError that says which field of a key file is wrong.
   */
  constructor(options: TokenPoolOptions) {
    this.#parts = poolParts(options);
    if (new.target === TokenPool) Object.freeze(this);
  }

  /** The addresses of its service accounts, the first of which is asked where a call names none. */
  get accounts(): readonly string[] {
    return this.#parts.accounts.emails;
  }

  /** How many tokens it keeps. */
  get size(): number {
    return this.#tokens?.size ?? 0;
  }

  /**
   * A token with exactly these scopes, in whatever order: at once and without I/O where a usable one is held, else from the token
   * endpoint. While nothing is attempted after failures, callers fail at once with `nextAttemptAt`.
   * @throws RefreshError where there is none and none could be obtained; `no_token` that names the accounts, for an unknown one.
   */
  async forScope(scopes: ScopesLike, options: PoolCallOptions = {}): Promise<AccessToken> {
    const request = this.#read(scopes, options);
    const keeper = (this.#tokens ?? (await this.#open())).obtain(request);
    return await (keeper.held() ?? keeper.obtain({ timeoutMs: Infinity, signal: request.signal }));
  }

  /**
   * The usable token that is held for these scopes; `undefined` where there is none. Nothing is asked for.
   * @throws RefreshError `no_token` that names the accounts, for an unknown one.
   */
  async find(scopes: ScopesLike, options: PoolTokenOptions = {}): Promise<AccessToken | undefined> {
    const request = this.#read(scopes, options);
    return await this.#tokens?.get(request)?.held();
  }

  /**
   * Holds a token that somebody else obtained, in place of the one there was, and refreshes it in time.
   * @throws RefreshError `token_already_expired`; `no_token` that names the accounts, for an unknown one.
   */
  async store(token: AccessToken, scopes: ScopesLike, options: PoolTokenOptions = {}): Promise<void> {
    const request = this.#read(scopes, options);
    requireToken(token);
    const tokens = this.#tokens ?? (await this.#open());
    const { clock } = this.#parts.dispatcher;
    const credentials = new StoredTokenCredentials({ account: request.credentials(), token, clock });
    await credentials.refresh();
    tokens.put(request, credentials).start();
    await this.queueForRefresh(token, scopes, options);
  }

  /**
   * Asks for a new token, whatever is held and whatever failed before; joins an attempt under way.
   * @throws RefreshError where none could be obtained; `no_token` that names the accounts, for an unknown one.
   */
  async refresh(scopes: ScopesLike, options: PoolCallOptions = {}): Promise<AccessToken> {
    const request = this.#read(scopes, options);
    const keeper = (this.#tokens ?? (await this.#open())).obtain(request);
    return await keeper.refresh({ timeoutMs: Infinity, signal: request.signal });
  }

  /**
   * Sees to it that there is a new token by the time this one ends: `refreshBeforeMs` before, at once where less is left. Tokens of the
   * pool are queued already; this is for a token that is held elsewhere.
   * @throws RefreshError `no_token` that names the accounts, for an unknown one.
   */
  async queueForRefresh(token: AccessToken, scopes: ScopesLike, options: PoolTokenOptions = {}): Promise<void> {
    const request = this.#read(scopes, options);
    requireToken(token);
    const tokens = this.#tokens ?? (await this.#open());
    const { dispatcher, refreshBeforeMs } = this.#parts;
    const leftMs = (token.expiresAt ?? Infinity) - dispatcher.clock.now();
    tokens.obtain(request).dueBy(dispatcher.time.now() + Math.max(0, leftMs - refreshBeforeMs));
  }

  /** Stops refreshing and drops all tokens; resolves when what was under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#tokens?.stop();
  }

  /** {@link TokenPool.stop}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** A description without secrets. */
  toJSON(): object {
    return { accounts: this.accounts, size: this.size };
  }

  static {
    nameClasses({ TokenPool: this });
    inspectAs(this, (self) => `TokenPool ${JSON.stringify(self)}`);
  }

  #read(scopes: ScopesLike, options: PoolCallOptions): PoolRequest {
    if (this.#isStopped) throw poolStopped();
    return poolRequest(this.#parts.accounts, scopes, options);
  }

  async #open(): Promise<PooledTokens> {
    const Cache = CACHE.value ?? (await CACHE.load());
    if (this.#isStopped) throw poolStopped();
    this.#tokens ??= new PooledTokens(Cache, this.#parts);
    return this.#tokens;
  }
}

function requireToken(token: unknown): void {
  if (!(token instanceof AccessToken)) throw new TypeError('"token" must be an AccessToken');
}
