/** What went wrong with the refreshes of one cell lately. Most cells never have any of it. Times are on the monotonic clock. */
import { notice } from './channels.js';
import type { ClockJump } from './clock-jump.js';
import type { HoldOff } from './hold-off.js';
import { afterRejection, type RefusedToken, type Rejections } from './rejections.js';

/** What a cell remembers of its troubles, and nobody else sees. A class, so that a polluted `Object.prototype` supplies none. */
export class Troubles {
  /** The failure noted last, whether or not it still forbids anything. */
  holdOff: HoldOff | undefined;
  /** The jump of the clocks that was noticed last. */
  jump: ClockJump | undefined;
  /** The tokens that an API refused. */
  rejections: Rejections | undefined;
}

/** The failure that forbids an attempt now, unless another refresh token has taken the place of the one that failed. */
export function holdOffIn(
  troubles: Troubles | undefined,
  now: number,
  generation: number | undefined,
): HoldOff | undefined {
  const holdOff = troubles?.holdOff;
  // A clock that gives no number never gets past it.
  if (holdOff === undefined || now >= holdOff.until) return undefined;
  return holdOff.generation === generation ? holdOff : undefined;
}

/** Whether background refreshes wait, after the clocks have jumped. */
export function isQuiet(troubles: Troubles | undefined, now: number): boolean {
  return troubles?.jump !== undefined && now < troubles.jump.quietUntil;
}

/** What is left once a refresh has succeeded: its tokens count by the clocks as they are now. */
export function afterSuccess(troubles: Troubles | undefined): Troubles | undefined {
  if (troubles?.rejections === undefined) return undefined;
  const left = new Troubles();
  left.rejections = troubles.rejections;
  return left;
}

/** Notes a jump of the clocks, and tells it to observers. */
export function noteJump(troubles: Troubles, jump: ClockJump): void {
  troubles.jump = jump;
  const seconds = String(Math.round(jump.skewMs / 1000));
  const message = `The wall clock and the monotonic clock came to differ by ${seconds} s: sleep, or a clock step.`;
  notice('clock_jump', message);
}

/** Notes that an API refused a token; gives whether it is to be dropped, which it is not while fresh ones keep being refused. */
export function noteRefusal(troubles: Troubles, token: RefusedToken, now: number): boolean {
  const { rejections } = troubles;
  if (!token.wasAccepted && rejections !== undefined && now < rejections.until) return false;
  troubles.rejections = afterRejection(rejections, token, now);
  if (troubles.rejections.until > now)
    notice('rejections_held_off', 'An API keeps refusing fresh tokens: no new one is forced for a while.');
  return true;
}
