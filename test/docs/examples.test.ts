/** The documentation's claims are tests: every TypeScript example compiles and runs, every command exists. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startEmulator, type Emulator } from 'credence/testing';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { examplesOf, type Example } from './examples.js';
import { FIXTURES } from './fixtures.js';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Inside the package, so that the examples can import it by its own name. */
const BUILT = path.join(ROOT, 'build/docs');

const examples = pages().flatMap((page) => examplesOf(page, readFileSync(path.join(ROOT, page), 'utf8')));
const programs = examples.filter(({ language }) => language === 'ts');

function pages(): string[] {
  const docs = readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  const inDocs = docs
    .filter((file) => file.endsWith('.md') && !file.startsWith('reference'))
    .map((file) => `docs/${file}`);
  return ['README.md', 'CONTRIBUTING.md', ...inDocs].filter((page) => existsSync(path.join(ROOT, page))).sort();
}

/** The name of an example's file: `docs-guide-12` for `docs/guide.md:12`. */
function nameOf({ title }: Example): string {
  return title.replace('.md', '').replaceAll(/[^A-Za-z0-9]/g, '-');
}

/** Lines keep their numbers, so that the compiler's complaints point into the page. */
function textOf({ code, line }: Example): string {
  return `${'\n'.repeat(line)}${code}\nexport {};\n`;
}

describe('examples in TypeScript', () => {
  let emulator: Emulator;

  beforeAll(async () => {
    rmSync(BUILT, { recursive: true, force: true });
    await mkdir(BUILT, { recursive: true });
    const files = programs.map((example) => path.join(BUILT, `${nameOf(example)}.ts`));
    await Promise.all(programs.map((example, i) => writeFile(files[i]!, textOf(example))));
    const compilerOptions = { isolatedDeclarations: false, declaration: false, noUnusedLocals: false };
    const config = { extends: '../../tsconfig.json', compilerOptions, include: ['*.ts'] };
    await writeFile(path.join(BUILT, 'tsconfig.json'), JSON.stringify(config));
    await build({ entryPoints: files, outdir: BUILT, format: 'esm', platform: 'node', target: 'node20' });
    emulator = await startEmulator();
  });

  afterAll(() => emulator.close());

  test('All of them compile.', { timeout: 120_000 }, async () => {
    const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');

    const { stdout } = await run(process.execPath, [tsc, '-p', BUILT]).catch((failure: { stdout: string }) => failure);

    expect(stdout).toBe('');
  });

  test.each(programs.filter(({ compiledOnly }) => compiledOnly === undefined))('$title runs.', async (example) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'credence-example-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const nodeOptions: string[] = [];
    const env: NodeJS.ProcessEnv = { ...process.env, API_URL: emulator.apiUrl, TOKEN_URI: emulator.tokenUri };
    for (const name of example.needs) await fixture(name)({ emulator, folder, nodeOptions, env });

    const ran = run(process.execPath, [...nodeOptions, path.join(BUILT, `${nameOf(example)}.js`)], {
      cwd: folder,
      env,
      timeout: 15_000,
    });

    await expect(ran).resolves.toBeDefined();
  });
});

function fixture(name: string): (typeof FIXTURES)[string] {
  const found = FIXTURES[name];
  if (found === undefined)
    throw new Error(`There is no fixture "${name}"; there are ${Object.keys(FIXTURES).join(', ')}.`);
  return found;
}

describe('commands', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(
    readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
  );
  const calls = examples
    .filter(({ language }) => language === 'sh')
    .flatMap(({ title, code }) =>
      [...code.matchAll(/\bnpm (?:run )?(?<script>(?<=run )[\w:-]+|start|test)\b/g)].map((match) => ({
        title,
        script: match.groups!['script']!,
      })),
    );

  test('Every npm script that the documentation tells to run exists.', () => {
    expect(calls.filter(({ script }) => !Object.hasOwn(scripts, script))).toEqual([]);
  });
});

describe('links', () => {
  test.each(pages())('Every relative link of %s leads to a file.', (page) => {
    const links = [...readFileSync(path.join(ROOT, page), 'utf8').matchAll(/\]\((?<to>[^)#:\s]+)(?:#[^)]*)?\)/g)];
    const targets = links.map(({ groups }) => path.join(ROOT, path.dirname(page), groups!['to']!));

    expect(targets.filter((target) => !existsSync(target))).toEqual([]);
  });
});
