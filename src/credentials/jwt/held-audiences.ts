/** The credentials of each audience, the least recently used going first. Loaded with the first token for one. */
import { MOST_ON_THREAD_POOL, WorkQueue } from '../../base/work-queue.js';
import { loadLruCache, type LruCache } from '../../cache/lru.js';
import { KeySigner } from '../../jose/key-signer.js';
import type { Signer } from '../../jose/signer.js';
import type { Credentials } from '../credentials.js';
import { applied, type RequestCall } from './audience-tokens.js';
import { requestTarget, type AudienceRule } from './request-audience.js';

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

/** An hour's worth of hosts for the busiest of programs, in a few megabytes. */
const MAX_AUDIENCES = 1_000;
/**
 * Keys that are held here sign no faster if all their tokens are begun at once: it would only hold the event loop, and the
 * garbage collector has the least to do where few are under way. Signers elsewhere take their time, and are all asked at once.
 */
const BY_OWN_KEYS = new WorkQueue(2 * MOST_ON_THREAD_POOL);

/** Gives what makes them, once all that they need is there. */
export async function loadHeldAudiences(): Promise<(settings: AudienceSettings) => HeldAudiences> {
  const Cache = await loadLruCache();
  return (settings) => new HeldAudiences(settings, Cache);
}

/** Credentials that callers wait for, once the first of them has had its turn. */
interface Awaited {
  credentials: Credentials | undefined;
  callers: number;
}

/** The credentials that are held, and those that somebody waits for. */
export class HeldAudiences {
  readonly #settings: AudienceSettings;
  readonly #held: LruCache<Credentials>;
  /** Whoever has to make room for others while callers wait is found here: whoever comes next waits for the same signature. */
  readonly #awaited = new Map<string, Awaited>();

  constructor(settings: AudienceSettings, Cache: typeof LruCache) {
    const { maxAudiences = MAX_AUDIENCES } = settings;
    this.#settings = settings;
    this.#held = new Cache<Credentials>({ maxEntries: maxAudiences });
  }

  /** Those under this key, which are thereby used. */
  get(key: string): Credentials | undefined {
    return this.#held.get(key);
  }

  /** All of them. */
  values(): readonly Credentials[] {
    return this.#held.values();
  }

  /**
   * Puts the token for the URL's audience on a request, once there is one.
   * @throws TypeError where the URL does not tell the audience.
   */
  async apply(owner: Credentials, call: RequestCall, signal?: AbortSignal): Promise<void> {
    await this.use(requestTarget(call.url), (credentials) => applied(credentials, owner, call), signal);
  }

  /** Uses those of this URL's audience, made where there are none yet. The signal ends the wait for their turn. */
  use(target: URL, use: (credentials: Credentials) => Promise<void>, signal: AbortSignal | undefined): Promise<void> {
    const { signer, rule, credentialsFor } = this.#settings;
    const [key, audience] = [rule.keyOf(target), rule.audienceOf(target)];
    const isNew = this.#held.get(key) === undefined;
    const awaited = this.#awaited.get(key) ?? this.#await(key);
    awaited.callers += 1;
    const turn = async (): Promise<void> => {
      awaited.credentials = this.#held.get(key) ?? awaited.credentials ?? credentialsFor(audience);
      this.#held.set(key, awaited.credentials);
      await use(awaited.credentials);
    };
    const done = isNew && signer instanceof KeySigner ? BY_OWN_KEYS.run(turn, signal) : turn();
    return done.finally(() => {
      awaited.callers -= 1;
      if (awaited.callers === 0) this.#awaited.delete(key);
    });
  }

  #await(key: string): Awaited {
    const awaited = { credentials: undefined, callers: 0 };
    this.#awaited.set(key, awaited);
    return awaited;
  }
}
