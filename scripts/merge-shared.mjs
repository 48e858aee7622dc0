/**
 * Makes the main entry point one file: a second one would cost each importer as much as all the rest.
 *
 * What the main file shares with the files that are loaded on first use ends up in files of its own (esbuild's splitting). Here it goes
 * into the main file, and a list of names takes its place, which the main file fills just before it loads one of the others. What only
 * those share, a copy of which each of them may have, goes into each.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const CHUNK = /(?<=from ")\.\/(chunk-\w+\.js)(?=")/g;
const NAMES = 'shared-names.js';
const LOADER = 'loader.js';

/** Merges in a folder that esbuild has just filled. */
export async function mergeShared(dist, settings) {
  const shared = chunksBehind(dist, 'index.js');
  const onFirstUse = readdirSync(dist).filter((name) => /^(?:first|file)-use-\w+\.js$/.test(name));
  const names = new Map(shared.map((chunk) => [chunk, exportsOf(dist, chunk)]));
  const toLoader = (text) =>
    onFirstUse.reduce((left, file) => left.replaceAll(`import("./${file}")`, `${functionOf(file)}()`), text);
  const calls = `import { ${onFirstUse.map(functionOf).join(', ')} } from "./${LOADER}";`;
  for (const file of ['index.js', ...shared]) rewrite(dist, file, (text) => calls + toLoader(text));
  writeFileSync(`${dist}/${LOADER}`, loaderText(names, onFirstUse));
  writeFileSync(`${dist}/${NAMES}`, listText([...names.values()].flat()));
  const external = [NAMES, ...onFirstUse].map((file) => `./${file}`);
  // Half as much to compile for every importer; the source maps lead back. Node prints the whole line in which an error is thrown.
  const small = {
    ...settings,
    absWorkingDir: dist,
    minify: true,
    lineLimit: 160,
    bundle: true,
    packages: 'external',
    outdir: dist,
  };
  await build({ ...small, entryPoints: ['index.js'], external, allowOverwrite: true });
  const chunks = readdirSync(dist).filter((name) => name.startsWith('chunk-'));
  const others = chunks.filter((name) => name.endsWith('.js') && !shared.includes(name));
  for (const file of [...onFirstUse, ...others]) rewrite(dist, file, (text) => fromList(text, shared));
  for (const file of onFirstUse) requireNoneOfItself(dist, file);
  await build({ ...small, entryPoints: onFirstUse, external, allowOverwrite: true });
  for (const left of [LOADER, ...chunks]) rmSync(`${dist}/${left}`);
}

function rewrite(dist, file, change) {
  writeFileSync(`${dist}/${file}`, change(readFileSync(`${dist}/${file}`, 'utf8')));
}

/** The chunks that a file imports, and those that they import. */
function chunksBehind(dist, file, found = new Set()) {
  for (const [, chunk] of readFileSync(`${dist}/${file}`, 'utf8').matchAll(CHUNK)) {
    if (found.has(chunk)) continue;
    found.add(chunk);
    chunksBehind(dist, chunk, found);
  }
  return [...found];
}

function exportsOf(dist, file) {
  const list = /^export \{([^}]*)\};$/m.exec(readFileSync(`${dist}/${file}`, 'utf8'))?.[1];
  if (list === undefined || / as /.test(list)) throw new Error(`${file} does not end in a plain list of exports.`);
  return list.split(',').map((name) => name.trim());
}

/** Bundlers that split what they bundle make no sense of it (esbuild 0.28: a ReferenceError). */
function requireNoneOfItself(dist, file) {
  if (readFileSync(`${dist}/${file}`, 'utf8').includes(`import("./${file}")`))
    throw new Error(`${file} imports itself: what is loaded on first use imports statically what is loaded with it.`);
}

/** `first-use-ABC.js` → `loadFirstUse`. */
function functionOf(file) {
  return file.startsWith('file-') ? 'loadFileUse' : 'loadFirstUse';
}

function fromList(text, shared) {
  return text.replace(CHUNK, (path, chunk) => (shared.includes(chunk) ? `./${NAMES}` : path));
}

/** The names stand within a function: as a namespace, each would be a closure to make at import. They go by their place: that is less to read. */
function loaderText(names, onFirstUse) {
  const imports = [...names].map(([chunk, list]) => `import { ${list.join(', ')} } from "./${chunk}";`);
  const functions = onFirstUse.map(
    (file) => `export async function ${functionOf(file)}() { await handOver(); return await import("./${file}"); }`,
  );
  const all = [...names.values()].flat().join(', ');
  const handOver = `async function handOver() { (await import("./${NAMES}")).receive([${all}]); }`;
  return [...imports, handOver, ...functions].join('\n');
}

function listText(names) {
  return `export let ${names.join(', ')};
export function receive(shared) {
  [${names.join(', ')}] = shared;
}
`;
}
