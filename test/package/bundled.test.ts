/** The package in what users' bundlers make of it. */
import { build, type BuildOptions } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './scratch-project.js';

const run = promisify(execFile);

/** Refreshes, fails for good, is held off, and loads what a file's contents name. */
const PROGRAM = `
import { credentialsFromInfo, RefreshError, UserCredentials } from 'credence';

const granted = { token: 'ya29.minted', expiry: new Date(Date.now() + 3_600_000) };
const fine = new UserCredentials({ refreshHandler: () => granted });
await fine.refresh();
let asked = 0;
const refused = new UserCredentials({
  refreshHandler: () => {
    asked += 1;
    throw new RefreshError('invalid_grant', 'Revoked.');
  },
});
const failures = [];
for (let time = 0; time < 2; time += 1)
  await refused.beforeRequest(undefined, 'GET', 'https://api.example/', {}).catch((error) => failures.push(error.code));
const info = { type: 'authorized_user', client_id: 'c', client_secret: 's', refresh_token: 'r' };
const { credentials } = await credentialsFromInfo(info, { type: 'authorized_user' });
console.log(JSON.stringify([fine.token, failures, asked, credentials.constructor.name]));
`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'credence-bundled-'));
  await writeFile(path.join(folder, 'program.mjs'), PROGRAM);
});

afterAll(() => rm(folder, { recursive: true }));

test.each<[string, BuildOptions]>([
  ['one file', { format: 'esm' }],
  ['one file, minified', { format: 'esm', minify: true }],
  ['several files', { format: 'esm', splitting: true }],
  ['several files, minified', { format: 'esm', splitting: true, minify: true }],
])('Bundled into %s, the package does what it does unbundled.', async (name, options) => {
  const outdir = path.join(folder, name.replaceAll(/\W+/g, '-'));
  await build({
    ...options,
    entryPoints: [path.join(folder, 'program.mjs')],
    outdir,
    outExtension: { '.js': '.mjs' },
    alias: { credence: path.join(ROOT, 'dist/index.js') },
    // Some of the dependencies are CommonJS, and ask for builtins by require().
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    bundle: true,
    platform: 'node',
    logLevel: 'silent',
  });

  const { stdout } = await run(process.execPath, [path.join(outdir, 'program.mjs')]);

  expect(JSON.parse(stdout)).toEqual(['ya29.minted', ['invalid_grant', 'invalid_grant'], 1, 'UserCredentials']);
});
