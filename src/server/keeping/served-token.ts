/** What a token server hands out: the token that its credentials hold now, as a promise that was resolved long ago. */
import type { Credentials } from '../../credentials/credentials.js';
import type { AccessToken } from '../../tokens/access-token.js';

/** The token that was handed out last. */
export class ServedToken {
  #token: AccessToken | undefined;
  #promise: Promise<AccessToken> | undefined;

  /** Whether the credentials hold a usable token, and it is another one. */
  isBehind(credentials: Credentials): boolean {
    const held = credentials.usableToken();
    return held !== undefined && held !== this.#token;
  }

  /** The promise of the token, where the credentials still hold it and it is usable. */
  current(credentials: Credentials): Promise<AccessToken> | undefined {
    const held = credentials.usableToken();
    return held !== undefined && held === this.#token ? this.#promise : undefined;
  }

  /** Takes over a token; gives whether it is the one that was held before. */
  take(token: AccessToken): boolean {
    const isRepeated = token.value === this.#token?.value;
    this.#token = token;
    this.#promise = Promise.resolve(token);
    return isRepeated;
  }

  /** Takes over what the credentials hold: somebody else refreshed them. */
  follow(credentials: Credentials): AccessToken | undefined {
    const token = credentials.usableToken();
    if (token !== undefined) this.take(token);
    return token;
  }
}
