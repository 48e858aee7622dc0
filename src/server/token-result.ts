/** A token or the reason why there is none, as a value. */
import { RefreshError } from '../errors.js';
import type { AccessToken } from '../tokens/access-token.js';

/** What `tryFetch()` gives. */
export type TokenResult =
  { readonly ok: true; readonly token: AccessToken } | { readonly ok: false; readonly error: RefreshError };

/** The outcome of a fetch as a value. What is no failure of the token, such as the caller's own abort, is thrown as before. */
export async function resultOf(fetching: Promise<AccessToken>): Promise<TokenResult> {
  try {
    return Object.freeze({ ok: true, token: await fetching });
  } catch (error) {
    if (error instanceof RefreshError) return Object.freeze({ ok: false, error });
    throw error;
  }
}
