/** The access tokens that an emulator has issued, and which of them are alive. */
import { randomBytes } from 'node:crypto';
import type { TokenHolder } from './grants.js';

/** One issued access token. */
export interface IssuedToken {
  readonly value: string;
  /** Its place in the order of issue, from 1: what logs show in its stead. */
  readonly number: number;
  readonly holder: TokenHolder;
  readonly scopes: readonly string[];
  /** The instant at which it dies, in milliseconds since the epoch of the emulator's clock. */
  readonly expiresAt: number;
}

/** What {@link AccessTokens.issue} makes a token from. */
export interface TokenTerms {
  readonly holder: TokenHolder;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

/** Every access token of an emulator. */
export class AccessTokens {
  readonly #issued: Map<string, IssuedToken> = new Map();

  /** Issues a token. */
  issue(terms: TokenTerms): IssuedToken {
    const value = `ya29.${randomBytes(48).toString('base64url')}`;
    const token = { ...terms, value, number: this.#issued.size + 1 };
    this.#issued.set(value, token);
    return token;
  }

  /** The token of that value, dead or alive. */
  find(value: string): IssuedToken | undefined {
    return this.#issued.get(value);
  }

  /** The token of that value if it is neither expired nor revoked. */
  live(value: string, now: number): IssuedToken | undefined {
    const token = this.#issued.get(value);
    if (token === undefined || token.holder.revoked || now >= token.expiresAt) return undefined;
    return token;
  }

  /** What may be shown in place of a token. */
  label(value: string): string {
    const token = this.#issued.get(value);
    return token === undefined ? '<unknown token>' : `<token ${String(token.number)}>`;
  }
}
