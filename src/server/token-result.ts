/** A token or the reason why there is none, as a value. */
import { RefreshError } from '../errors.js';
import type { AccessToken } from '../tokens/access-token.js';

/** A token that was had. */
export interface FetchedToken {
  /** There is a token. */
  readonly ok: true;
  /** The token. */
  readonly token: AccessToken;
}

/** A token that was not had. */
export interface FailedFetch {
  /** There is no token. */
  readonly ok: false;
  /** Why there is none, and when the next attempt is made. */
  readonly error: RefreshError;
}

/** What `tryFetch()` gives. */
export type TokenResult = FetchedToken | FailedFetch;

/** The outcome of a fetch as a value. What is no failure of the token, such as the caller's own abort, is thrown as before. */
export async function resultOf(fetching: Promise<AccessToken>): Promise<TokenResult> {
  try {
    return Object.freeze({ ok: true, token: await fetching });
  } catch (error) {
    if (error instanceof RefreshError) return Object.freeze({ ok: false, error });
    throw error;
  }
}
