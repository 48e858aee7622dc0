/** The keys that all calls in the process share. Loaded on first use, with all that a verification needs. */
import { loadLruCache, type LruCache } from '../cache/lru.js';
import { ByTransport } from '../credentials/by-transport.js';
import { IssuerKeys, type KeySource } from './issuer-keys.js';

/** More issuers than anybody trusts. */
const MOST_ISSUERS = 100;

const CACHES = new ByTransport<LruCache<IssuerKeys>>();

/** The keys at this URL, by this transport and this clock: the same object for all who ask for the same. */
export async function sharedKeys(source: KeySource): Promise<IssuerKeys> {
  const { certsUrl, transport, clock } = source;
  const Cache = await loadLruCache();
  const cache = CACHES.of(transport, clock, () => new Cache<IssuerKeys>({ maxEntries: MOST_ISSUERS, clock }));
  const held = cache.get(certsUrl);
  if (held !== undefined) return held;
  const keys = new IssuerKeys(source);
  cache.set(certsUrl, keys);
  return keys;
}
