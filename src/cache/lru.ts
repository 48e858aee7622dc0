/**
 * A bounded cache: what was used least recently goes first, and what has expired goes altogether. The only file that loads lru-cache.
 * That package shows keys and values on diagnostics channels, to whoever listens in the process: values are therefore
 * boxes without a door, and a key that a secret is part of is made by `secretKey()`.
 */
import type { LRUCache } from 'lru-cache';
import { requireClock } from '../base/clock-check.js';
import { systemClock, type Clock } from '../base/clock.js';
import { ownOptions } from '../base/option-record.js';
import { Box, unboxed } from './box.js';
import { Sweeper } from './sweeper.js';

/** The bounds of a cache. At least one of the first two is needed. */
export interface LruCacheOptions<V = unknown> {
  /** How many entries are held at most. */
  readonly maxEntries?: number | undefined;
  /** How many bytes the entries take at most, each with its key and 256 bytes for the bookkeeping. */
  readonly maxBytes?: number | undefined;
  /**
   * Tells when entries have expired.
   * @default systemClock
   */
  readonly clock?: Clock | undefined;
  /** Called with each value that had to make room for others. It must not throw. */
  readonly onEvicted?: ((value: V) => void) | undefined;
}

/** What is known of an entry. */
export interface EntryDetails {
  /** From this instant on (ms since the epoch) it is gone; left out where it never expires. */
  readonly expiresAt?: number | undefined;
  /**
   * How many bytes the value takes.
   * @default 0
   */
  readonly bytes?: number | undefined;
}

/** What an entry takes besides its key and its value, measured and rounded up. */
const ENTRY_BYTES = 256;
let lruCache: typeof LRUCache | undefined;

/** Gives the class, once lru-cache is there: loading it takes some milliseconds, which none but its users should wait for. */
export async function loadLruCache(): Promise<typeof LruCache> {
  lruCache ??= (await import('lru-cache')).LRUCache;
  return LruCache;
}

export type { LruCache };

/** A bounded cache. What it holds is never printed. */
class LruCache<V> {
  readonly #held: LRUCache<string, Box<V>>;
  readonly #clock: Clock;
  readonly #maxEntries: number;
  readonly #sweeper: Sweeper;

  /** @throws TypeError naming the option that is of the wrong type, or where neither bound is given. */
  constructor(options: LruCacheOptions<V>) {
    const { maxEntries, maxBytes, clock = systemClock, onEvicted } = checked(options);
    if (lruCache === undefined) throw new TypeError('loadLruCache() gives the class');
    // Not by its option `max`, for which it would take the memory of a full cache at once; nor by its timers, which do not know our clock.
    this.#held = new lruCache({
      maxSize: maxBytes ?? Number.MAX_SAFE_INTEGER,
      ...(onEvicted === undefined ? {} : { dispose: disposer(onEvicted) }),
    });
    this.#maxEntries = maxEntries ?? Infinity;
    this.#clock = clock;
    this.#sweeper = new Sweeper(this.#held);
    Object.freeze(this);
  }

  /** How many entries are held, expired ones included that nobody has come across. */
  get size(): number {
    return this.#held.size;
  }

  /** How many bytes they take. */
  get bytes(): number {
    return this.#held.calculatedSize;
  }

  /** The value under this key, which is thereby used. */
  get(key: string): V | undefined {
    const box = this.#held.get(key);
    if (box === undefined) return undefined;
    if (box.expiresAt > this.#clock.now()) return unboxed(box);
    this.#held.delete(key);
    return undefined;
  }

  /** Puts the value under this key. One that has expired already, or is larger than the cache, leaves nothing there. */
  set(key: string, value: V, details: EntryDetails = {}): void {
    const { expiresAt = Infinity, bytes = 0 } = details;
    const size = Math.ceil(bytes) + key.length + ENTRY_BYTES;
    const now = this.#clock.now();
    if (expiresAt <= now || !(size <= this.#held.maxSize)) {
      this.#held.delete(key);
      return;
    }
    this.#sweeper.sweep(now);
    if (this.#held.size >= this.#maxEntries && !this.#held.has(key)) this.#held.pop();
    this.#held.set(key, new Box(value, expiresAt), { size });
  }

  /** Removes what is under this key, and tells whether there was anything. */
  delete(key: string): boolean {
    return this.#held.delete(key);
  }

  /** Removes everything. */
  clear(): void {
    this.#held.clear();
  }

  /** The values that have not expired, the most recently used first; none of them is thereby used. */
  values(): readonly V[] {
    const now = this.#clock.now();
    return [...this.#held.values()].filter(({ expiresAt }) => expiresAt > now).map(unboxed<V>);
  }
}

function disposer<V>(onEvicted: (value: V) => void): LRUCache.Disposer<string, Box<V>> {
  return (box, _key, reason) => {
    if (reason === 'evict') onEvicted(unboxed(box));
  };
}

function checked<V>(options: LruCacheOptions<V>): Readonly<LruCacheOptions<V>> {
  const own = ownOptions(options, ['maxEntries', 'maxBytes', 'clock', 'onEvicted']);
  for (const name of ['maxEntries', 'maxBytes'] as const) {
    const value = own[name];
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0))
      throw new TypeError(`"${name}" must be a positive whole number`);
  }
  if (own.maxEntries === undefined && own.maxBytes === undefined)
    throw new TypeError('"maxEntries" or "maxBytes" must be given');
  if (own.clock !== undefined) requireClock(own.clock, 'clock');
  if (own.onEvicted !== undefined && typeof own.onEvicted !== 'function')
    throw new TypeError('"onEvicted" must be a function');
  return own;
}
