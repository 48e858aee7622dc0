/** Mints by a refresh handler: calls it, and refuses what cannot be used as a token. */
import type { Clock } from '../../base/clock.js';
import { isHeaderSafe } from '../../base/header-value.js';
import { safeCause } from '../../base/safe-cause.js';
import { kindOfThrown } from '../../base/thrown.js';
import { CredenceError, RefreshError } from '../../errors.js';
import { AccessToken } from '../../tokens/access-token.js';
import { TokenSet } from '../../tokens/token-set.js';
import type { Transport } from '../../transport/transport.js';
import type { RefreshHandler } from './user-options.js';

/**
 * Asks the handler for a token.
 * @throws RefreshError `handler_failed`, `handler_result_invalid` or `token_already_expired`.
 */
export async function mintByHandler(
  handler: RefreshHandler,
  request: Transport,
  scopes: readonly string[] | undefined,
  clock: Clock,
): Promise<TokenSet> {
  const { token, expiry } = readResult(await call(handler, request, scopes));
  if (expiry <= clock.now()) {
    throw new RefreshError('token_already_expired', 'The refresh handler returned a token whose "expiry" is past.', {
      retryable: true,
    });
  }
  return new TokenSet({ accessToken: new AccessToken(token, { expiresAt: expiry }) });
}

async function call(
  handler: RefreshHandler,
  request: Transport,
  scopes: readonly string[] | undefined,
): Promise<unknown> {
  try {
    return await handler(request, scopes);
  } catch (error) {
    if (error instanceof RefreshError) throw error;
    throw new RefreshError(
      'handler_failed',
      `The refresh handler threw ${kindOfThrown(error)}. See "cause"; the next call asks it again.`,
      {
        cause: safeCause(error),
        retryable: error instanceof CredenceError ? error.retryable : true,
      },
    );
  }
}

function readResult(result: unknown): { token: string; expiry: number } {
  if (typeof result !== 'object' || result === null) throw invalid('must return an object { token, expiry }');
  const token = 'token' in result ? result.token : undefined;
  const expiry = 'expiry' in result ? result.expiry : undefined;
  if (!isHeaderSafe(token))
    throw invalid('must return a "token" that is a non-empty string of visible ASCII characters');
  if (!(expiry instanceof Date) || Number.isNaN(expiry.getTime()))
    throw invalid('must return an "expiry" that is a valid Date');
  return { token, expiry: expiry.getTime() };
}

function invalid(what: string): RefreshError {
  return new RefreshError('handler_result_invalid', `The refresh handler ${what}.`);
}
