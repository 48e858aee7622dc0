/** Refusals of refresh tokens that stand in a file: one that was refused is not sent again by itself, while a sign-in is looked for in the file. */
import { RefreshError } from '../../errors.js';
import type { Grant } from '../../tokens/grant.js';
import type { TokenCell } from '../../tokens/token-cell.js';

interface Refusal {
  /** Which refresh token of the grant was refused. */
  readonly generation: number;
  readonly error: RefreshError;
}

/** A sign-in in another program is not ours to see: the file is read again after this time. */
const SIGN_IN_PAUSE_MS = 60_000;

/** Copies that share their tokens share what was refused. */
const refusals = new WeakMap<TokenCell, Refusal>();

/** Forgets what was refused: somebody wants the server to be asked. */
export function forgetRefusal(cell: TokenCell): void {
  refusals.delete(cell);
}

/** Whether the server has refused the refresh token itself, so that only a new sign-in helps. */
export function isRefusal(error: unknown): error is RefreshError {
  return error instanceof RefreshError && (error.code === 'invalid_grant' || error.code === 'reauth_required');
}

/**
 * Spends a grant that stands in a file.
 * @param spend Is handed the refusal of the refresh token that would be sent, where there was one.
 * @throws RefreshError That of a refusal says when the file is looked at again.
 */
export async function rememberingRefusal<T>(
  cell: TokenCell,
  grant: Grant,
  spend: (refused: RefreshError | undefined) => Promise<T>,
): Promise<T> {
  const known = refusals.get(cell);
  try {
    return await spend(known?.generation === grant.generation ? known.error : undefined);
  } catch (error) {
    if (isRefusal(error)) refusals.set(cell, Object.freeze({ generation: grant.generation, error }));
    throw error;
  }
}

/** The same refusal for now: the file may hold a new sign-in in a minute. */
export function untilSignIn(error: RefreshError, now: number, message: string = error.message): RefreshError {
  const { code, cause, retryable, oauthError, errorDescription, subtype, status } = error;
  const said = { oauthError, errorDescription, subtype, status };
  return new RefreshError(code, message, { ...said, cause, retryable, nextAttemptAt: now + SIGN_IN_PAUSE_MS });
}
