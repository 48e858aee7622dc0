/** Why nothing is attempted for a caller: its own token failed before, or the issuer is held off for all. Pure. */
import type { RefreshError } from '../../errors.js';
import { heldOffError, type HoldOff } from '../../tokens/hold-off.js';
import type { RetryState } from './retry-state.js';

/** Now, in milliseconds since the epoch, and by the time of all deadlines. */
export interface TwoTimes {
  /** Milliseconds since the epoch. */
  readonly wall: number;
  /** By the time of all deadlines. */
  readonly monotonic: number;
}

/** The error for a caller, with the time of the next attempt; `undefined` where one may be made now. */
export function refusal(
  own: RetryState | undefined,
  issuer: HoldOff | undefined,
  now: TwoTimes,
): RefreshError | undefined {
  const mine = own !== undefined && own.holdOff.until > now.monotonic ? own.holdOff : undefined;
  // Only somebody's signing in helps: when it is looked for next is of no use to the caller.
  if (mine !== undefined && own?.isPermanent === true) return mine.error;
  const later = mine !== undefined && mine.until >= (issuer?.until ?? -Infinity) ? mine : issuer;
  return later === undefined ? undefined : heldOffError(later, now);
}
