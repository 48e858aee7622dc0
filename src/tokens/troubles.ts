/** What went wrong with the refreshes of one cell lately. Most cells never have any of it. Times are on the monotonic clock. */
import type { Clock } from '../base/clock.js';
import { notice } from './channels.js';
import type { ClockJump } from './clock-jump.js';
import type { HoldOff } from './hold-off.js';
import { afterRejection, type RefusedToken, type Rejections } from './rejections.js';

/** Failures, clocks that jumped, and tokens that were refused; each is told to observers once. */
export class Troubles {
  readonly #clock: Clock;
  #holdOff: HoldOff | undefined;
  #jump: ClockJump | undefined;
  #rejections: Rejections | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The failure that forbids an attempt now, unless another refresh token has taken the place of the one that failed. */
  holdOff(generation: number | undefined): HoldOff | undefined {
    const holdOff = this.#holdOff;
    if (holdOff === undefined || this.#clock.monotonic() >= holdOff.until) return undefined;
    return holdOff.generation === generation ? holdOff : undefined;
  }

  /** The jump of the clocks that was noticed last. */
  get jump(): ClockJump | undefined {
    return this.#jump;
  }

  /** Whether background refreshes wait, after the clocks have jumped. */
  get isQuiet(): boolean {
    return this.#jump !== undefined && this.#clock.monotonic() < this.#jump.quietUntil;
  }

  /** The failure noted last, whether or not it still forbids anything. */
  get failure(): HoldOff | undefined {
    return this.#holdOff;
  }

  /** Notes that a refresh has failed, and what follows from it. */
  failed(holdOff: HoldOff): void {
    this.#holdOff = holdOff;
  }

  /** Notes that a refresh has succeeded: its tokens count by the clocks as they are now. */
  succeeded(): void {
    this.#holdOff = undefined;
    this.#jump = undefined;
  }

  /** Notes a jump of the clocks. */
  jumped(jump: ClockJump): void {
    this.#jump = jump;
    const seconds = String(Math.round(jump.skewMs / 1000));
    const message = `The wall clock and the monotonic clock came to differ by ${seconds} s: sleep, or a clock step.`;
    notice('clock_jump', message);
  }

  /** Notes that an API refused a token; gives whether it is to be dropped, which it is not while fresh ones keep being refused. */
  refused(token: RefusedToken): boolean {
    const now = this.#clock.monotonic();
    if (!token.wasAccepted && this.#rejections !== undefined && now < this.#rejections.until) return false;
    this.#rejections = afterRejection(this.#rejections, token, now);
    if (this.#rejections.until > now)
      notice('rejections_held_off', 'An API keeps refusing fresh tokens: no new one is forced for a while.');
    return true;
  }
}
