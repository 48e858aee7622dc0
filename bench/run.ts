/**
 * `npm run bench`: every figure beside its floor and beside google-auth-library, in one run. It judges nothing by its exit code:
 * a busy machine is no fault of the library. `--json FILE` writes the figures, `--only NAME` runs one row, `--quick` shows that it runs.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { FULL, QUICK } from './measure/scale.js';
import { isOk, type Figure } from './report/figure.js';
import { tableOf } from './report/table.js';
import { allRows } from './rows/all.js';

const { values } = parseArgs({
  options: { json: { type: 'string' }, only: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const every = allRows(values.quick ? QUICK : FULL);
const rows = every.filter(({ name }) => values.only === undefined || name === values.only);
if (rows.length === 0) throw new TypeError(`"--only" must be one of ${every.map(({ name }) => name).join(', ')}`);

const measured: { row: string; figures: readonly Figure[] }[] = [];
for (const row of rows) {
  process.stderr.write(`measuring ${row.name} …\n`);
  try {
    measured.push({ row: row.name, figures: await row.measure() });
  } catch (error) {
    console.error(`${row.name} could not be measured.`, error);
    process.exitCode = 1;
  }
}

const figures = measured.flatMap((row) => row.figures);
const judged = figures.filter((figure) => isOk(figure) !== undefined);
console.log(`\n${tableOf(figures)}\n`);
console.log(`${judged.filter(isOk).length} of ${judged.length} bars kept, on Node ${process.version}.`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(recordOf(), undefined, 2)}\n`);

function recordOf(): object {
  const lines = measured.flatMap(({ row, figures: own }) =>
    own.map((figure) => ({ row, ...figure, ok: isOk(figure) ?? null })),
  );
  return { node: process.version, quick: values.quick, figures: lines };
}
