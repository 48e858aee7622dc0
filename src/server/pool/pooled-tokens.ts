/** The tokens of a pool, each with a keeper of its own, the least recently used of which makes room. */
import type { LruCache } from '../../cache/lru.js';
import type { Credentials } from '../../credentials/credentials.js';
import { RefreshError } from '../../errors.js';
import { Keeper } from '../keeping/keeper.js';
import type { PoolParts } from './pool-options.js';
import type { PoolRequest } from './pool-request.js';

/** Keepers by the keys of their tokens. */
export class PooledTokens {
  readonly #parts: PoolParts;
  readonly #held: LruCache<Keeper>;
  #isStopped = false;

  constructor(Cache: typeof LruCache, parts: PoolParts) {
    this.#parts = parts;
    this.#held = new Cache<Keeper>({ maxEntries: parts.maxTokens, onEvicted: retire });
  }

  /** How many there are. */
  get size(): number {
    return this.#held.size;
  }

  /** The keeper of this token, where there is one. */
  get({ key }: PoolRequest): Keeper | undefined {
    return this.#held.get(key);
  }

  /**
   * The keeper of this token: the one there is, or a new one that has no token yet.
   * @throws RefreshError where the pool was stopped.
   */
  obtain(request: PoolRequest): Keeper {
    return this.get(request) ?? this.put(request, request.credentials());
  }

  /**
   * A new keeper, in place of the one there was.
   * @throws RefreshError where the pool was stopped.
   */
  put({ key }: PoolRequest, credentials: Credentials): Keeper {
    if (this.#isStopped) throw poolStopped();
    this.#held.get(key)?.retire();
    const { plan, dispatcher, request } = this.#parts;
    const name = credentials.getCredentialInfo()?.principal ?? '';
    const keeper = new Keeper({ name, plan, dispatcher, credentials, find: undefined, request, isLazy: true });
    this.#held.set(key, keeper);
    return keeper;
  }

  /** Ends all of them; resolves when what they had under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const keepers = this.#held.values();
    this.#held.clear();
    await Promise.all(keepers.map((keeper) => keeper.stop()));
  }
}

/** The error for whoever asks a pool that was stopped. */
export function poolStopped(): RefreshError {
  return new RefreshError('no_token', 'The token pool was stopped. Make another one.');
}

function retire(keeper: Keeper): void {
  keeper.retire();
}
