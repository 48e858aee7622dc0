/** What `import 'credence'` costs: what Node loads for it, against a process that imports an empty file. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './scratch-project.js';

const run = promisify(execFile);
const DIST = new URL('dist/', pathToFileURL(ROOT)).href;

/** Each file costs about 0.4 ms to find, read and link. */
const MOST_FILES = 3;

const folder = mkdtempSync(path.join(tmpdir(), 'credence-empty-'));
const EMPTY = pathToFileURL(path.join(folder, 'empty.mjs')).href;

let nothing: readonly string[];

beforeAll(async () => {
  writeFileSync(new URL(EMPTY), '');
  nothing = await loadedModules(EMPTY);
});

afterAll(() => rmSync(folder, { recursive: true }));

async function evaluate<T>(code: string): Promise<T> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code], { cwd: ROOT });
  return JSON.parse(stdout);
}

/** The modules inside Node that a process has loaded once it has imported this. */
function loadedModules(specifier: string): Promise<string[]> {
  return evaluate(`await import('${specifier}'); console.log(JSON.stringify(process.moduleLoadList));`);
}

/** Those that an empty file does not load. */
async function addedModules(specifier: string): Promise<string[]> {
  const loaded = await loadedModules(specifier);
  return loaded.filter((name) => !nothing.includes(name));
}

/** The files of the package, and of others, that are loaded by an import. */
function loadedFiles(specifier: string): Promise<string[]> {
  return evaluate(`
    import { Session } from 'node:inspector';
    const session = new Session();
    const files = [];
    session.connect();
    session.on('Debugger.scriptParsed', ({ params }) => files.push(params.url));
    session.post('Debugger.enable');
    files.length = 0;
    await import('${specifier}');
    console.log(JSON.stringify(files.filter((url) => url.startsWith('file:'))));`);
}

test.each(['credence', 'credence/interop', 'credence/server'])(
  'Importing "%s" makes Node load nothing of its own.',
  async (specifier) => {
    const added = await addedModules(specifier);

    expect(added).toEqual([]);
  },
);

test('The measure sees what it must: touching Headers loads undici.', async () => {
  const added = await addedModules('data:text/javascript,new Headers()');

  expect(added.join()).toContain('undici');
});

test.each(['credence', 'credence/interop', 'credence/server'])(
  'Importing "%s" reads few files, all of them its own.',
  async (specifier) => {
    const files = await loadedFiles(specifier);

    expect(files.filter((url) => !url.startsWith(DIST))).toEqual([]);
    expect(files.length).toBeGreaterThan(0);
    expect(files.length).toBeLessThanOrEqual(MOST_FILES);
  },
);
