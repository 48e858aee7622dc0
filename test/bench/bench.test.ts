/** The benchmark and the soak themselves, in small: their figures are for people, but they must not rot. */
import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Figure } from '../../bench/report/figure.js';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const ROWS = [
  'try-apply',
  'before-request',
  'before-request-headers',
  'expired-storm',
  'stale-storm',
  'stale-refusing',
  'stale-hanging',
  'import',
  'start-file',
  'start-mint',
  'round-trip',
  'memory',
  'service-account-round-trip',
  'sign-storm',
  'known-audience',
  'service-account-memory',
  'adc-deadline',
  'gcloud',
  'server-fetch',
  'many-names',
  'served-well',
  'served-stumbling',
  'served-down',
];

type Line = Figure & { readonly row: string };

test('Every row of the benchmark can be measured, and gives finite figures.', { timeout: 240_000 }, async () => {
  const file = join(tmpdir(), `credence-bench-${process.pid}.json`);

  const { stdout } = await run(process.execPath, ['build/bench/run.js', '--quick', '--json', file], { cwd: ROOT });

  const { figures } = JSON.parse(await readFile(file, 'utf8')) as { figures: Line[] };
  await rm(file);
  expect([...new Set(figures.map(({ row }) => row))]).toEqual(ROWS);
  expect(figures.filter(({ score }) => !Number.isFinite(score.value))).toEqual([]);
  expect(stdout).toContain('tryApply, plain object');
});

test(
  'A soak of three seconds, with an outage and random failures in it, hands out no dead token and no needless error.',
  { timeout: 120_000 },
  async () => {
    const { stdout } = await run(process.execPath, ['build/bench/soak.js', '--seconds', '3'], { cwd: ROOT });

    expect(stdout).toContain('soak: passed');
  },
);

test('The soak refuses a duration in which there is no room for its outages.', async () => {
  const attempt = run(process.execPath, ['build/bench/soak.js', '--seconds', '1'], { cwd: ROOT });

  await expect(attempt).rejects.toThrow('"--seconds" must be a number of at least 3');
});
