import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const DOCS = fileURLToPath(new URL('../../docs', import.meta.url));

interface Row {
  readonly number: string;
  readonly files: readonly string[];
}

/** The rows of the failure model: their number, and the test files they link. */
function rows(): readonly Row[] {
  const text = readFileSync(path.join(DOCS, 'failure-model.md'), 'utf8');
  const targets = new Map([...text.matchAll(/^\[([^\]]+)\]: (\S+)$/gm)].map(([, name, target]) => [name, target]));
  return text.split('\n').flatMap((line) => {
    const [, number, links] = /^\|\s*(F\d+)\s*\|.*\|([^|]*)\|\s*$/.exec(line) ?? [];
    if (number === undefined) return [];
    const named = [...(links ?? '').matchAll(/\[([^\]]+)\]/g)].map(([, name]) => targets.get(name) ?? 'missing');
    return [{ number, files: named.map((target) => path.join(DOCS, target)) }];
  });
}

test('Every row of the failure model links a test that names it.', () => {
  const unshown = rows().flatMap(({ number, files }) => {
    const names = new RegExp(`\\b${number}\\b`);
    const silent = files.filter((file) => !names.test(readFileSync(file, 'utf8')));
    return files.length === 0 ? [`${number}: no test`] : silent.map((file) => `${number}: ${path.basename(file)}`);
  });

  expect(rows().length).toBeGreaterThan(40);
  expect(unshown).toEqual([]);
});
