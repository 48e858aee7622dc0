/** The tokens that a flight has brought, as a cell holds them. */
import type { Clock } from '../base/clock.js';
import { RefreshError } from '../errors.js';
import type { Flight } from './flight.js';
import { HeldTokens } from './held-tokens.js';
import type { TokenSet } from './token-set.js';
import { instantOf, lifespanFrom, remainingMs } from './token-state.js';

/** An answer whose token is already expired is not asked for again sooner. */
const EXPIRED_ANSWER_PAUSE_MS = 1_000;

/**
 * Holds them: their life counts from the start of the flight.
 * @throws RefreshError `token_already_expired`.
 */
export function heldFromFlight(tokens: TokenSet, flight: Flight, clock: Clock): HeldTokens {
  const { startedAt } = flight;
  const { expiresAt } = tokens.accessToken;
  if (expiresAt === undefined) return new HeldTokens(tokens, startedAt, undefined);
  flight.lookAtClocks();
  const life = lifespanFrom(startedAt, expiresAt, expiresAt - startedAt.wall, flight.furthestAhead);
  if (remainingMs(life, instantOf(clock)) <= 0) throw alreadyExpired(clock);
  return new HeldTokens(tokens, startedAt, life);
}

function alreadyExpired(clock: Clock): RefreshError {
  return new RefreshError(
    'token_already_expired',
    'The token source answered with a token that has already expired. Check both clocks.',
    {
      retryable: true,
      nextAttemptAt: clock.now() + EXPIRED_ANSWER_PAUSE_MS,
    },
  );
}
