/** A folder in which the package is installed like any other, beside the incumbent and a package with nothing in it. */
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A package with one empty module, found and read like every other: what importing any package by its name costs. */
export const EMPTY_PACKAGE = 'empty-package';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const INCUMBENT = 'google-auth-library';

/** The folder, with one case of the benchmark in it. */
export interface Scratch extends Disposable {
  /** The case as a program there. */
  readonly program: string;
}

/** Makes the folder; disposing of it removes it. */
export function makeScratch(caseName: string): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'credence-bench-'));
  const packages = join(folder, 'node_modules');
  const program = join(folder, `${caseName}.mjs`);
  mkdirSync(join(packages, EMPTY_PACKAGE), { recursive: true });
  const description = { name: EMPTY_PACKAGE, type: 'module', exports: { '.': { default: './index.js' } } };
  writeFileSync(join(packages, EMPTY_PACKAGE, 'package.json'), JSON.stringify(description));
  writeFileSync(join(packages, EMPTY_PACKAGE, 'index.js'), 'export {};\n');
  // Copied, since to follow a link costs as much as a tenth of the import.
  mkdirSync(join(packages, 'credence'));
  copyFileSync(join(ROOT, 'package.json'), join(packages, 'credence', 'package.json'));
  cpSync(join(ROOT, 'dist'), join(packages, 'credence', 'dist'), { recursive: true });
  symlinkSync(
    dirname(createRequire(import.meta.url).resolve(`${INCUMBENT}/package.json`)),
    join(packages, INCUMBENT),
    'dir',
  );
  copyFileSync(fileURLToPath(new URL(`../cases/${caseName}.js`, import.meta.url)), program);
  return {
    program,
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
