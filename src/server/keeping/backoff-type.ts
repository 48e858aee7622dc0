/** How long to wait between the retries of a token server: the three ways of Goth. Pure. */

/**
 * `exp`: the shortest delay, then twice the one before, up to the longest. `rand`: evenly between both, each time.
 * `rand_exp`: a random delay between what came before and three times as much, so that many servers do not come back in step.
 */
export type BackoffType = 'exp' | 'rand' | 'rand_exp';

/** Every {@link BackoffType}. */
export const BACKOFF_TYPES: readonly BackoffType[] = Object.freeze(['exp', 'rand', 'rand_exp'] as const);

/** What delays are made from. */
export interface BackoffPolicy {
  /** How they grow. */
  readonly type: BackoffType;
  /** The shortest, in milliseconds. */
  readonly minMs: number;
  /** The longest, in milliseconds. */
  readonly maxMs: number;
}

/**
 * The next delay, in whole milliseconds.
 * @param previousMs The delay before; `undefined` after a first failure.
 * @param random A number in `[0, 1)`.
 */
export function backoffMs(
  { type, minMs, maxMs }: BackoffPolicy,
  previousMs: number | undefined,
  random: number,
): number {
  switch (type) {
    case 'exp':
      return previousMs === undefined ? minMs : Math.min(previousMs * 2, maxMs);
    case 'rand':
      return between(minMs, maxMs, random);
    case 'rand_exp':
      return decorrelated(minMs, maxMs, previousMs ?? minMs, random);
  }
}

function decorrelated(minMs: number, maxMs: number, previousMs: number, random: number): number {
  const lowerMs = Math.max(minMs, Math.floor(maxMs / 3));
  return between(Math.min(previousMs, lowerMs), Math.min(previousMs * 3, maxMs), random);
}

function between(lowestMs: number, highestMs: number, random: number): number {
  return lowestMs + Math.floor(random * (highestMs - lowestMs + 1));
}
