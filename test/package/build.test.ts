/** The build itself. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isStale } from '../../scripts/build-if-stale.mjs';
import { ROOT } from './scratch-project.js';

const { exports } = createRequire(import.meta.url)('../../package.json');

test('The build succeeds, and no source is newer than it.', () => {
  expect(isStale()).toBe(false);
});

test('The build writes every file that the exports of package.json name.', () => {
  const files = Object.values<string | Record<string, string>>(exports).flatMap((entry) =>
    typeof entry === 'string' ? entry : Object.values(entry),
  );

  expect(files.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});
