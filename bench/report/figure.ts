/** One line of the benchmark: what we measured, what stands beside it, and the bar. */

/** What a number counts. */
export type Unit = 'ns' | 'µs' | 'ms' | 'B' | '' | '×';

/** A number with its unit. */
export interface Amount {
  readonly value: number;
  readonly unit: Unit;
}

/** Where the score must lie. */
export type Bar = { readonly atMost: number } | { readonly atLeast: number } | { readonly exactly: number };

/** One line of the table. */
export interface Figure {
  /** What was measured. */
  readonly what: string;
  /** Ours. */
  readonly ours: Amount;
  /** A floor or the incumbent, measured in the same run. */
  readonly beside: Amount & { readonly name: string };
  /** What is judged: mostly the ratio of the two. */
  readonly score: Amount;
  /** Where the score must lie; left out where the line is there for comparison only. */
  readonly bar?: Bar;
}

/** A row of the benchmark. */
export interface Row {
  /** By which `--only` picks it. */
  readonly name: string;
  /** Measures it. */
  measure(): Promise<readonly Figure[]>;
}

/** Whether the score is on the right side of its bar; `undefined` where there is none. */
export function isOk({ score, bar }: Figure): boolean | undefined {
  if (bar === undefined) return undefined;
  if ('exactly' in bar) return score.value === bar.exactly;
  return 'atMost' in bar ? score.value <= bar.atMost : score.value >= bar.atLeast;
}

/** A line whose score is the ratio of its two amounts. */
export function ratioFigure(
  what: string,
  ours: Amount,
  beside: Amount & { readonly name: string },
  options: { readonly ratio?: number; readonly bar?: Bar } = {},
): Figure {
  const { ratio = ours.value / beside.value, bar } = options;
  return { what, ours, beside, score: { value: ratio, unit: '×' }, ...(bar === undefined ? {} : { bar }) };
}

/** A line whose score is our own amount. */
export function amountFigure(
  what: string,
  ours: Amount,
  beside: Amount & { readonly name: string },
  bar?: Bar,
): Figure {
  return { what, ours, beside, score: ours, ...(bar === undefined ? {} : { bar }) };
}
