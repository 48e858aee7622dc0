/** The refresh tokens of one grant: the current one, and those that rotation has replaced (RFC 9700 §4.14.2). */
import { randomBytes } from 'node:crypto';

/** What a presented refresh token is worth. */
export type Standing = 'current' | 'within-grace' | 'reused';

/** A family of refresh tokens, of which one is current. */
export class RefreshTokens {
  #current: string = freshToken();
  readonly #replacedAt: Map<string, number> = new Map();

  /** The one token that is not replaced. */
  get current(): string {
    return this.#current;
  }

  /** What a token of this family is worth at `now`. */
  standing(token: string, now: number, graceMs: number): Standing {
    if (token === this.#current) return 'current';
    const replacedAt = this.#replacedAt.get(token) ?? -Infinity;
    return now - replacedAt < graceMs ? 'within-grace' : 'reused';
  }

  /** Replaces the current token and gives the new one. */
  rotate(now: number): string {
    this.#replacedAt.set(this.#current, now);
    this.#current = freshToken();
    return this.#current;
  }
}

/** The slashes are Google's, and catch clients that do not encode their form. */
function freshToken(): string {
  return `1//${randomBytes(32).toString('base64url')}`;
}
