/** The few statistics that the benchmark uses: medians, because a busy machine makes outliers in one direction only. */

/** The middle of the values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  const lower = sorted[Math.ceil(middle) - 1] ?? NaN;
  return (lower + upper) / 2;
}

/** The median of the ratios round by round: what slows a whole round down falls out. */
export function medianRatio(values: readonly number[], bases: readonly number[]): number {
  return median(values.map((value, round) => value / (bases[round] ?? NaN)));
}

/** What the values are over their base, round by round. */
export function over(values: readonly number[], bases: readonly number[]): number[] {
  return values.map((value, round) => value - (bases[round] ?? NaN));
}
