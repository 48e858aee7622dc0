/** What a token server hands out: the token that its credentials hold now, as a promise that was resolved long ago. */
import type { Clock } from '../base/clock.js';
import type { Credentials } from '../credentials/credentials.js';
import { AccessToken } from '../tokens/access-token.js';

/** Both clocks are compared once in this time, as the credentials themselves do it. */
const CHECK_MS = 1_000;

/** The token that was handed out last. */
export class ServedToken {
  #value: string | undefined;
  #promise: Promise<AccessToken> | undefined;
  #checkedUntil = -Infinity;

  /** Whether the credentials hold a usable token, and it is another one. */
  isBehind(credentials: Credentials): boolean {
    return credentials.token !== this.#value && credentials.tokenState !== 'invalid' && credentials.token !== undefined;
  }

  /** The promise of the token, where the credentials still hold it and it is usable. */
  current(credentials: Credentials, clock: Clock): Promise<AccessToken> | undefined {
    if (this.#value === undefined || credentials.token !== this.#value) return undefined;
    if (clock.monotonic() < this.#checkedUntil) return this.#promise;
    if (credentials.tokenState === 'invalid') return undefined;
    const leftMs = (credentials.expiry?.getTime() ?? Infinity) - clock.now();
    this.#checkedUntil = clock.monotonic() + Math.min(CHECK_MS, leftMs);
    return this.#promise;
  }

  /** Takes over a token; gives whether it is the one that was held before. */
  take(token: AccessToken): boolean {
    const { value } = token;
    const isRepeated = value === this.#value;
    this.#value = value;
    this.#promise = Promise.resolve(token);
    this.#checkedUntil = -Infinity;
    return isRepeated;
  }

  /** Takes over what the credentials hold: somebody else refreshed them. */
  follow(credentials: Credentials): AccessToken | undefined {
    const { token: value, expiry } = credentials;
    if (value === undefined) return undefined;
    const token = new AccessToken(value, { expiresAt: expiry?.getTime() });
    this.take(token);
    return token;
  }
}
