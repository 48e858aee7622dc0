/** What may be taken over from a credential file that has changed: what was issued to the same client, and is for the same scopes. */
import { AccessToken } from '../../tokens/access-token.js';
import { TokenSet } from '../../tokens/token-set.js';
import { coversScopes } from '../covered-scopes.js';
import { heldScopes } from './authorized-user-options.js';
import type { UserCredentialsOptions } from './user-options.js';

/** The rules of one file, by what it held when it was loaded. */
export class AdoptionRules {
  readonly #tokenUri: string | undefined;
  readonly #clientId: string | undefined;
  #needed: UserCredentialsOptions['scopes'];

  /**
   * @param loaded What the file held.
   * @param scopes The scopes that its credentials ask for; where they name none, as many are needed as its token was granted.
   */
  constructor(loaded: UserCredentialsOptions, scopes: UserCredentialsOptions['scopes']) {
    this.#tokenUri = loaded.tokenUri;
    this.#clientId = loaded.clientId;
    this.#needed = scopes ?? loaded.grantedScopes;
  }

  /** Whether the file is still for the same client of the same server: a refresh token goes to nobody else. */
  isSameClient({ tokenUri, clientId }: UserCredentialsOptions): boolean {
    return tokenUri === this.#tokenUri && clientId === this.#clientId;
  }

  /** The tokens of the file, where its access token is usable and grants all that is needed. */
  tokensIn(options: UserCredentialsOptions, now: number): TokenSet | undefined {
    const { token, expiry, refreshToken, idToken, grantedScopes, raptToken } = options;
    if (token === undefined || expiry === undefined || expiry.getTime() <= now) return undefined;
    if (this.#needed !== undefined && !coversScopes(heldScopes(options), this.#needed)) return undefined;
    const accessToken = new AccessToken(token, { expiresAt: expiry.getTime(), scopes: grantedScopes });
    return new TokenSet({ accessToken, refreshToken, idToken, grantedScopes, raptToken });
  }

  /** Notes what the server grants when it is asked: it may be less than was asked for, or go by other names, and then that is enough. */
  learn({ grantedScopes }: TokenSet): void {
    this.#needed = grantedScopes ?? this.#needed;
  }
}
