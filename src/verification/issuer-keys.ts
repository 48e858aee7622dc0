/** The public keys of one issuer: fetched once for everybody, renewed before they end, and kept for a while where that fails. */
import { fullJitterMs } from '../base/backoff.js';
import { randomOf, type Clock } from '../base/clock.js';
import { flightTransport } from '../credentials/flight-transport.js';
import { VerificationError } from '../errors.js';
import type { KeySet } from '../jose/key-set.js';
import type { VerificationKey } from '../jose/public-key.js';
import { instantOf, lifespanFrom, remainingMs, type Lifespan } from '../tokens/token-state.js';
import type { RequestLike, Transport } from '../transport/transport.js';
import { fetchKeys, type Fetched } from './key-fetch.js';
import { KeyFlight } from './key-flight.js';
import type { NamedKey } from './token-header.js';

/** Where keys come from, and by which clock they age. */
export interface KeySource {
  readonly certsUrl: string;
  readonly transport: RequestLike | undefined;
  readonly clock: Clock;
}

interface Held {
  readonly keys: KeySet;
  readonly life: Lifespan;
  /** The how manieth fetch brought them. */
  readonly fetch: number;
  /** Whether the first token with an unknown key has them fetched anew at once: the issuer may have rotated since. */
  readonly mayBeOld: boolean;
}

interface Failure {
  readonly error: VerificationError;
  readonly inARow: number;
  /** Nothing is asked before, on the monotonic clock. */
  readonly until: number;
}

/** Whoever makes up key ids must not make us ask the issuer for each of them. */
const UNKNOWN_KEY_INTERVAL_MS = 30_000;
/** While the issuer is silent, its last keys are believed for so long beyond their end: an outage is likelier than a stolen key. */
const STALE_LIMIT_MS = 86_400_000;
/** Callers may be failing meanwhile, so that an attempt must not be far away. */
const BACKOFF = { baseMs: 1_000, capMs: 30_000, floorMs: 100 } as const;

/** The keys of one issuer. */
export class IssuerKeys {
  readonly #source: KeySource;
  #held: Held | undefined;
  /** How the last fetch failed; undefined where it did not. */
  #failure: Failure | undefined;
  #flight: KeyFlight | undefined;
  /** When the last fetch began, on the monotonic clock. */
  #askedAt = -Infinity;
  /** How many fetches have begun. */
  #fetches = 0;

  constructor({ certsUrl, transport, clock }: KeySource) {
    this.#source = { certsUrl, transport, clock };
  }

  /**
   * The key that a token names. Where there is none, the keys are fetched anew: once at once, and again at once where that brought
   * other keys than before; then not more often than every 30 s.
   * @throws VerificationError `key_unknown`, or `certificates_unavailable` where nobody can tell; the signal's reason.
   */
  async find(named: NamedKey, signal?: AbortSignal): Promise<VerificationKey> {
    const before = this.#fetches;
    await this.#ready(signal);
    const key = this.#pick(named) ?? (await this.#pickAnew(named, before, signal));
    if (key !== undefined) return key;
    if (this.#failure !== undefined) throw copyOf(this.#failure.error);
    throw new VerificationError('key_unknown', "None of the issuer's keys is the one that the token was signed with.");
  }

  /** Waits only where there are no keys, or where they have ended and nobody knows yet that the issuer is silent. */
  async #ready(signal: AbortSignal | undefined): Promise<void> {
    const leftMs = this.#leftMs();
    if (leftMs > (this.#held?.life.windowMs ?? 0)) return;
    if (leftMs > 0 || (this.#failure !== undefined && leftMs > -STALE_LIMIT_MS)) {
      this.#begin();
      return;
    }
    await this.#begin()?.wait(signal);
    const failure = this.#failure;
    if (failure !== undefined && this.#leftMs() <= -STALE_LIMIT_MS) throw copyOf(failure.error);
  }

  async #pickAnew(
    named: NamedKey,
    before: number,
    signal: AbortSignal | undefined,
  ): Promise<VerificationKey | undefined> {
    if (this.#mayAsk(before)) await this.#begin(true)?.wait(signal);
    const key = this.#pick(named);
    // Keys that were on their way already when the token came may be older than it.
    if (key !== undefined || !this.#mayAsk(before)) return key;
    await this.#begin(true)?.wait(signal);
    return this.#pick(named);
  }

  /** Whether to ask for the key of a token that came after so many fetches: keys that were fetched since then are newer than the token. */
  #mayAsk(before: number): boolean {
    if (this.#flight !== undefined) return true;
    if (this.#held !== undefined && this.#held.fetch > before) return false;
    const sinceMs = this.#source.clock.monotonic() - this.#askedAt;
    return this.#held?.mayBeOld === true || sinceMs >= UNKNOWN_KEY_INTERVAL_MS;
  }

  /** A token may leave out the id of its key where only one can be meant (OpenID Connect Core §10.1). */
  #pick({ keyId, algorithm }: NamedKey): VerificationKey | undefined {
    const keys = this.#held?.keys;
    return keyId === undefined ? keys?.only(algorithm) : keys?.get(keyId);
  }

  /** The flight under way, or a new one; none while nothing is to be asked after a failure. */
  #begin(forUnknownKey = false): KeyFlight | undefined {
    const { certsUrl, transport, clock } = this.#source;
    const now = clock.monotonic();
    if (this.#flight !== undefined || now < (this.#failure?.until ?? -Infinity)) return this.#flight;
    this.#askedAt = now;
    this.#fetches += 1;
    this.#flight = new KeyFlight(clock, async (flight) => {
      const send: Transport = async (request) => await flightTransport(transport, clock, flight)(request);
      const fetched = await fetchKeys(certsUrl, send);
      this.#flight = undefined;
      if (fetched.failure === undefined) this.#hold(fetched, flight, forUnknownKey);
      else this.#failure = this.#failureAfter(fetched.failure);
    });
    return this.#flight;
  }

  #hold({ keys, lifetimeMs }: Fetched, { startedAt }: KeyFlight, forUnknownKey: boolean): void {
    const now = instantOf(this.#source.clock);
    const life = lifespanFrom(startedAt, startedAt.wall + lifetimeMs, lifetimeMs, now);
    // Whoever makes up key ids cannot make the issuer change its keys.
    const mayBeOld = !forUnknownKey || keys.keyIds.some((keyId) => this.#held?.keys.has(keyId) !== true);
    this.#held = { keys, life, fetch: this.#fetches, mayBeOld };
    this.#failure = undefined;
  }

  #failureAfter(error: VerificationError): Failure {
    const { clock } = this.#source;
    const inARow = (this.#failure?.inARow ?? 0) + 1;
    const waitMs = fullJitterMs(inARow - 1, { ...BACKOFF, random: randomOf(clock) });
    return { error, inARow, until: clock.monotonic() + waitMs };
  }

  #leftMs(): number {
    return this.#held === undefined ? -Infinity : remainingMs(this.#held.life, instantOf(this.#source.clock));
  }
}

/** Each caller gets an error of their own, with their own stack. */
function copyOf({ code, message, retryable, cause }: VerificationError): VerificationError {
  return new VerificationError(code, message, { retryable, cause });
}
