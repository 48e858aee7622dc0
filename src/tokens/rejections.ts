/** A breaker for APIs that go on refusing fresh tokens: a new token for every refusal would only move the storm to the token endpoint. */

/** What is remembered of tokens that an API refused. Times are on the monotonic clock. */
export interface Rejections {
  /** Refused tokens in a row that nobody is known to have accepted, each soon after it was minted. */
  readonly count: number;
  /** No token is dropped before this instant. */
  readonly until: number;
}

/** A token refused later than this after its mint was accepted in between, as far as anyone can tell. */
const SOON_MS = 60_000;
const TOLERATED = 3;
const BASE_MS = 30_000;
const CAP_MS = 15 * 60_000;

/** A refused token, as far as it is known. Times are on the monotonic clock. */
export interface RefusedToken {
  /** When it was minted. */
  readonly mintedAt: number;
  /** Whether somebody saw it accepted before it was refused. */
  readonly wasAccepted: boolean;
}

/** What is remembered after one more refusal. */
export function afterRejection(previous: Rejections | undefined, token: RefusedToken, now: number): Rejections {
  if (token.wasAccepted) return Object.freeze({ count: 0, until: now });
  const count = now - token.mintedAt > SOON_MS ? 1 : (previous?.count ?? 0) + 1;
  const until = count < TOLERATED ? now : now + Math.min(CAP_MS, BASE_MS * 2 ** (count - TOLERATED));
  return Object.freeze({ count, until });
}
