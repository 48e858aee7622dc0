/** The watch on clocks that come to disagree: sleep, or a step of the wall clock. */
import { randomOf, type Clock } from '../base/clock.js';
import { clockSkewMs, remainingMs, type Instant, type Lifespan } from './token-state.js';

/** A disagreement of the clocks that was noticed. */
export interface ClockJump {
  /** How far the wall clock has run ahead since the tokens were received. */
  readonly skewMs: number;
  /** No background refresh starts before this instant of the monotonic clock. */
  readonly quietUntil: number;
}

/** The clocks drift apart by less than this in any token's life; more is a step, or sleep. */
const CLOCK_JUMP_MS = 30_000;
/** A whole fleet wakes at once: its refreshes are spread over this time. */
const WAKE_JITTER_MS = 5_000;

/** Whether tokens were obtained at a time that is still to come, because the wall clock was set back since. */
export function areFromTheFuture(life: Lifespan, now: Instant): boolean {
  return clockSkewMs(life, now) < -CLOCK_JUMP_MS;
}

/** The jump since the one that was noticed last: after each, the clocks count as agreeing at their new distance. */
export function jumpSince(
  previous: ClockJump | undefined,
  life: Lifespan,
  now: Instant,
  clock: Clock,
): ClockJump | undefined {
  const skewMs = clockSkewMs(life, now);
  if (Math.abs(skewMs - (previous?.skewMs ?? 0)) <= CLOCK_JUMP_MS) return undefined;
  const leftMs = Math.max(0, remainingMs(life, now));
  const quietMs = randomOf(clock) * Math.min(WAKE_JITTER_MS, leftMs / 4);
  return Object.freeze({ skewMs, quietUntil: now.monotonic + quietMs });
}
