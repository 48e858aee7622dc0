/** The access tokens that a metadata server has at hand: everybody gets the same one until shortly before its end. */
import type { IssuedToken } from '../oauth/access-tokens.js';
import type { Realm } from '../realm.js';
import type { Attachment, Machine } from './metadata-machine.js';

/** The tokens of one metadata server. */
export class MetadataTokens {
  readonly #realm: Realm;
  readonly #renewalMs: number;
  readonly #kept: Map<string, IssuedToken> = new Map();

  constructor(realm: Realm, { tokenRenewalMs }: Pick<Machine, 'tokenRenewalMs'>) {
    this.#realm = realm;
    this.#renewalMs = tokenRenewalMs;
  }

  /** The kept token of an account for some scopes; a new one where that ends soon. */
  get({ account }: Attachment, scopes: readonly string[]): IssuedToken {
    const key = [account.email, ...[...scopes].sort()].join(' ');
    const kept = this.#kept.get(key);
    // Google's server hands out a token that has been revoked meanwhile all the same.
    if (kept !== undefined && kept.expiresAt - this.#realm.clock.now() > this.#renewalMs) return kept;
    const fresh = this.#realm.issueAccessToken(account.holder(), scopes);
    this.#kept.set(key, fresh);
    return fresh;
  }

  /** Forgets all of them. */
  clear(): void {
    this.#kept.clear();
  }
}
