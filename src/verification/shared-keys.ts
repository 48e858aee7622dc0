/** The keys that all calls in the process share. Loaded on first use, with all that a verification needs. */
import type { Clock } from '../base/clock.js';
import { loadLruCache, type LruCache } from '../cache/lru.js';
import { IssuerKeys, type KeySource } from './issuer-keys.js';

/** More issuers than anybody trusts. */
const MOST_ISSUERS = 100;

type Caches = WeakMap<Clock, LruCache<IssuerKeys>>;

/** What a transport brought is for those who gave the same one: nobody is made to believe what somebody else's answers. */
const cachesOf = new WeakMap<object, Caches>();
const DEFAULT_TRANSPORT = Object.freeze({});

/** The keys at this URL, by this transport and this clock: the same object for all who ask for the same. */
export async function sharedKeys(source: KeySource): Promise<IssuerKeys> {
  const { certsUrl, transport = DEFAULT_TRANSPORT, clock } = source;
  const Cache = await loadLruCache();
  const caches = cachesOf.get(transport) ?? new WeakMap<Clock, LruCache<IssuerKeys>>();
  cachesOf.set(transport, caches);
  const cache = caches.get(clock) ?? new Cache<IssuerKeys>({ maxEntries: MOST_ISSUERS, clock });
  caches.set(clock, cache);
  const held = cache.get(certsUrl);
  if (held !== undefined) return held;
  const keys = new IssuerKeys(source);
  cache.set(certsUrl, keys);
  return keys;
}
