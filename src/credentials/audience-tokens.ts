/** One token per audience: self-signed tokens are made for the API that a request goes to, and for no other. */
import { FirstUse } from '../base/first-use.js';
import { setHeader, type HeadersLike } from '../base/headers.js';
import type { LruCache } from '../cache/lru.js';
import { QUOTA_PROJECT_HEADER } from '../google/well-known.js';
import type { RequestLike } from '../transport/transport.js';
import type { CallOptions } from './call-options.js';
import type { Credentials } from './credentials.js';

const CACHE = new FirstUse(async () => (await import('../cache/lru.js')).loadLruCache());
/** An hour's worth of hosts for the busiest of programs, in a few megabytes. */
const MAX_AUDIENCES = 1_000;

/** What tells audiences apart, and makes the credentials for each. */
export interface AudienceSettings {
  /** How many are held. @default 1000 */
  readonly maxAudiences: number | undefined;
  /** The part of a URL that decides, cut out without parsing it. */
  readonly keyOf: (url: string) => string;
  /** The audience of a URL. */
  readonly audienceOf: (url: URL) => string;
  /** Credentials that hold the token for this audience, and name no quota project. */
  readonly credentialsFor: (audience: string) => Credentials;
}

/** The arguments of `beforeRequest`. */
export interface RequestCall {
  readonly request: RequestLike | undefined;
  readonly method: string;
  readonly url: string;
  readonly headers: HeadersLike;
  readonly options: CallOptions | undefined;
}

/** The tokens of credentials and of their copies, the least recently used going first. */
export class AudienceTokens {
  readonly #settings: AudienceSettings;
  #held: LruCache<Credentials> | undefined;

  constructor(settings: AudienceSettings) {
    this.#settings = settings;
  }

  /** Puts the token for the URL's audience on a request, with the quota project of whoever asks. */
  async beforeRequest(owner: Credentials, call: RequestCall): Promise<void> {
    const { request, method, url, headers, options } = call;
    const credentials = this.#heldFor(url) ?? (await this.#newFor(url));
    await credentials.beforeRequest(request, method, url, headers, options);
    if (owner.quotaProjectId !== undefined) setHeader(headers, QUOTA_PROJECT_HEADER, owner.quotaProjectId);
  }

  /** Drops the token that was rejected, whichever audience it is for. */
  invalidate(rejected: string): boolean {
    return [...(this.#held?.values() ?? [])].some((credentials) => credentials.invalidate(rejected));
  }

  #heldFor(url: string): Credentials | undefined {
    return typeof url === 'string' ? this.#held?.get(this.#settings.keyOf(url)) : undefined;
  }

  async #newFor(url: string): Promise<Credentials> {
    const { keyOf, audienceOf, credentialsFor, maxAudiences = MAX_AUDIENCES } = this.#settings;
    const target = absolute(url);
    const Cache = CACHE.value ?? (await CACHE.load());
    this.#held ??= new Cache<Credentials>({ maxEntries: maxAudiences });
    const key = keyOf(url);
    // Others may have asked for the same while the cache was loaded.
    const held = this.#held.get(key) ?? credentialsFor(audienceOf(target));
    this.#held.set(key, held);
    return held;
  }
}

/** Scheme, host and port of an absolute URL, as they are written. */
export function originPart(url: string): string {
  const host = url.indexOf('//') + 2;
  const end = url.slice(host).search(/[/?#\\]/);
  return end === -1 ? url : url.slice(0, host + end);
}

/** A URL without query and fragment. */
export function pathPart(url: string): string {
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}

function absolute(url: string): URL {
  try {
    return new URL(url);
  } catch {
    throw new TypeError('"url" must be an absolute URL: it tells whom the token is for');
  }
}
