/** How long to wait after a failure, so that many clients do not come back in step. Pure. */

/** What a jittered delay is drawn from. */
export interface JitterOptions {
  /** The longest delay after the first failure, in milliseconds; it doubles with each further one. */
  readonly baseMs: number;
  /** No delay is longer, in milliseconds. */
  readonly capMs: number;
  /**
   * No delay is shorter, in milliseconds, unless the cap is.
   * @default 0
   */
  readonly floorMs?: number;
  /** A number in `[0, 1)`. */
  readonly random: number;
}

/**
 * Full jitter: a delay drawn evenly from nothing to `baseMs` × 2 to the power of `attempt`, kept between floor and cap.
 * @param attempt Failures before this one: 0 after the first.
 */
export function fullJitterMs(attempt: number, options: JitterOptions): number {
  const { baseMs, capMs, floorMs = 0, random } = options;
  const ceilingMs = Math.min(capMs, baseMs * 2 ** Math.max(0, attempt));
  return Math.min(capMs, Math.max(floorMs, ceilingMs * random));
}
