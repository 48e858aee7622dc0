/** The token of one name: what is held, how long it lives, and what failed since. When the next attempt is due follows from it. */
import { randomOf } from '../../base/clock.js';
import type { Credentials } from '../../credentials/credentials.js';
import type { RefreshError } from '../../errors.js';
import type { AccessToken } from '../../tokens/access-token.js';
import type { HoldOff } from '../../tokens/hold-off.js';
import { issuerKeyOf } from '../queues/issuer-key.js';
import { refreshDelayMs, type TokenLife } from '../queues/schedule.js';
import type { KeeperParts } from './keeper-parts.js';
import { refusal } from './refusal.js';
import { afterFailure, type RetryState } from './retry-state.js';
import { ServedToken } from './served-token.js';

/** A token, and its fortunes. Instants are by the time of all deadlines. */
export class KeptToken {
  readonly #parts: KeeperParts;
  readonly #served = new ServedToken();
  #credentials: Credentials | undefined;
  #life: TokenLife | undefined;
  #retries: RetryState | undefined;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#credentials = parts.credentials;
  }

  /** The credentials, once they are known. */
  get credentials(): Credentials | undefined {
    return this.#credentials;
  }

  /** The failures since there was a token. */
  get retries(): RetryState | undefined {
    return this.#retries;
  }

  /** Whether there ever was one. */
  get wasHad(): boolean {
    return this.#life !== undefined;
  }

  /** Whether the next attempt may keep others waiting for long: the last one hung. */
  get hangs(): boolean {
    return this.#retries?.holdOff.error.code === 'timed_out';
  }

  /** Whether the credentials hold a usable token that was not taken over yet. */
  get isBehind(): boolean {
    return this.#credentials !== undefined && this.#served.isBehind(this.#credentials);
  }

  /** The promise of the token that was taken over, while it is held and usable. */
  get current(): Promise<AccessToken> | undefined {
    return this.#credentials === undefined ? undefined : this.#served.current(this.#credentials);
  }

  /** Whose failures concern it: an issuer and client, or nobody but itself. */
  get issuer(): string | object {
    return this.#credentials === undefined ? this : issuerKeyOf(this.#credentials);
  }

  /** Looks for the credentials. */
  async find(): Promise<Credentials> {
    this.#credentials ??= await this.#parts.find?.();
    if (this.#credentials === undefined) throw new TypeError('There are no credentials');
    return this.#credentials;
  }

  /** Takes a token over that was asked for; gives when the next one is due. */
  take(token: AccessToken, askedAt: number): number {
    return this.#begin(token, askedAt, this.#served.take(token));
  }

  /** Takes over what somebody else obtained. Its time counts from now. */
  adopt(): { readonly token: AccessToken; readonly dueAt: number } | undefined {
    const token = this.#credentials === undefined ? undefined : this.#served.follow(this.#credentials);
    return token === undefined ? undefined : { token, dueAt: this.#begin(token, this.#now(), false) };
  }

  /** Takes note of a failure; gives when the next attempt is due. */
  fail(error: RefreshError): number {
    const { clock } = this.#parts.dispatcher;
    const now = this.#now();
    const { receivedAt = now, endsAt = now } = this.#life ?? {};
    this.#retries = afterFailure(error, this.#retries, {
      plan: this.#parts.plan,
      now,
      wall: clock.now(),
      lifetimeMs: endsAt - receivedAt,
      remainingMs: this.#credentials?.tokenState === 'invalid' ? 0 : endsAt - now,
      random: randomOf(clock),
    });
    return this.#retries.holdOff.until;
  }

  /** Why nothing is attempted for a caller, where nothing is. */
  refusal(issuer: HoldOff | undefined): RefreshError | undefined {
    return refusal(this.#retries, issuer, { wall: this.#parts.dispatcher.clock.now(), monotonic: this.#now() });
  }

  #begin({ expiresAt }: AccessToken, receivedAt: number, isRepeated: boolean): number {
    const { clock } = this.#parts.dispatcher;
    const now = this.#now();
    const endsAt = expiresAt === undefined ? undefined : now + (expiresAt - clock.now());
    this.#life = Object.freeze({ receivedAt, endsAt, jitter: randomOf(clock), isRepeated });
    this.#retries = undefined;
    return now + refreshDelayMs(this.#life, now, this.#parts.plan.policy);
  }

  #now(): number {
    return this.#parts.dispatcher.time.now();
  }
}
