/** One token per audience: self-signed tokens are made for the API that a request goes to, and for no other. */
import { FirstUse } from '../base/first-use.js';
import { setHeader, type HeadersLike } from '../base/headers.js';
import { MOST_ON_THREAD_POOL, WorkQueue } from '../base/work-queue.js';
import type { LruCache } from '../cache/lru.js';
import { QUOTA_PROJECT_HEADER } from '../google/well-known.js';
import { KeySigner } from '../jose/key-signer.js';
import type { Signer } from '../jose/signer.js';
import type { RequestLike } from '../transport/transport.js';
import type { CallOptions } from './call-options.js';
import type { Credentials } from './credentials.js';
import { requestTarget, type AudienceRule } from './request-audience.js';

const CACHE = new FirstUse(async () => (await import('../cache/lru.js')).loadLruCache());
/** An hour's worth of hosts for the busiest of programs, in a few megabytes. */
const MAX_AUDIENCES = 1_000;
/**
 * Keys that are held here sign no faster if all their tokens are begun at once: it would only hold the event loop, and the
 * garbage collector has the least to do where few are under way. Signers elsewhere take their time, and are all asked at once.
 */
const BY_OWN_KEYS = new WorkQueue(4 * MOST_ON_THREAD_POOL);

/** What tells audiences apart, and makes the credentials for each. */
export interface AudienceSettings {
  /** How many are held. @default 1000 */
  readonly maxAudiences: number | undefined;
  /** What signs the tokens. */
  readonly signer: Signer;
  /** What of a URL names the audience. */
  readonly rule: AudienceRule;
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

  /**
   * Puts the token for the URL's audience on a request, with the quota project of whoever asks; at once where one is held.
   * @throws TypeError where the URL does not tell the audience.
   */
  beforeRequest(owner: Credentials, call: RequestCall): Promise<void> {
    const held = typeof call.url === 'string' ? this.#held?.get(this.#settings.rule.guessKey(call.url)) : undefined;
    return held === undefined ? this.#applyOther(owner, call) : applied(held, owner, call);
  }

  /** Drops the token that was rejected, whichever audience it is for. */
  invalidate(rejected: string): boolean {
    return this.#held?.values().some((credentials) => credentials.invalidate(rejected)) === true;
  }

  async #applyOther(owner: Credentials, call: RequestCall): Promise<void> {
    const { signer, rule, credentialsFor, maxAudiences = MAX_AUDIENCES } = this.#settings;
    const target = requestTarget(call.url);
    const Cache = CACHE.value ?? (await CACHE.load());
    this.#held ??= new Cache<Credentials>({ maxEntries: maxAudiences });
    const key = rule.keyOf(target);
    const apply = (): Promise<void> => {
      const held = this.#held?.get(key) ?? credentialsFor(rule.audienceOf(target));
      this.#held?.set(key, held);
      return applied(held, owner, call);
    };
    const isNew = this.#held.get(key) === undefined;
    await (isNew && signer instanceof KeySigner ? BY_OWN_KEYS.run(apply, call.options?.signal) : apply());
  }
}

function applied(held: Credentials, { quotaProjectId }: Credentials, call: RequestCall): Promise<void> {
  const { headers } = call;
  const applying = held.beforeRequest(call.request, call.method, call.url, headers, call.options);
  if (quotaProjectId === undefined) return applying;
  return applying.then(() => {
    setHeader(headers, QUOTA_PROJECT_HEADER, quotaProjectId);
  });
}
