/** Prints figures as a table that a person can read. */
import { isOk, type Amount, type Bar, type Figure } from './figure.js';

const HEADINGS = ['what', 'ours', 'beside', '', 'score', 'bar', ''];

/** The figures as a table, each on a line. */
export function tableOf(figures: readonly Figure[]): string {
  const lines = [HEADINGS, ...figures.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const rule = widths.map((width) => '─'.repeat(width));
  return [lines[0] ?? [], rule, ...lines.slice(1)].map((cells) => lineOf(cells, widths)).join('\n');
}

function cellsOf(figure: Figure): string[] {
  const { what, ours, beside, score, bar } = figure;
  const ok = isOk(figure);
  const verdict = ok === undefined ? '' : ok ? 'ok' : 'OVER';
  return [
    what,
    textOf(ours),
    textOf(beside),
    beside.name,
    textOf(score),
    bar === undefined ? '' : barText(bar, score),
    verdict,
  ];
}

/** Words to the left, numbers to the right. */
function lineOf(cells: readonly string[], widths: readonly number[]): string {
  const isNumber = (column: number): boolean => [1, 2, 4, 5].includes(column);
  const padded = cells.map((cell, column) =>
    isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
  );
  return padded.join('  ').trimEnd();
}

function textOf({ value, unit }: Amount): string {
  if (Number.isNaN(value)) return '–';
  const digits = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : unit === '×' ? 2 : 1;
  return `${value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`.trimEnd();
}

function barText(bar: Bar, { unit }: Amount): string {
  if ('exactly' in bar) return `${bar.exactly} ${unit}`.trimEnd();
  return ('atMost' in bar ? `≤ ${bar.atMost} ${unit}` : `≥ ${bar.atLeast} ${unit}`).trimEnd();
}
