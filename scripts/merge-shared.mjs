/**
 * Makes the main entry point one file: a second one would cost each importer as much as all the rest.
 *
 * What the main file shares with the file that is loaded on first use ends up in a third one (esbuild's splitting). Here it goes into
 * the main file; the third one is left as a list of names, which the main file fills just before the file of first use reads it.
 */
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

/** Merges in a folder that esbuild has just filled. */
export async function mergeShared(dist, settings) {
  const [shared, firstUse] = [only(dist, /^chunk-.*\.js$/), only(dist, /^first-use-.*\.js$/)];
  const names = exportsOf(readFileSync(`${dist}/${shared}`, 'utf8'), shared);
  const loader = 'first-use-loader.js';
  for (const [file, part] of [
    ['index.js', 'part-index.js'],
    [shared, 'part-shared.js'],
  ]) {
    const text = readFileSync(`${dist}/${file}`, 'utf8').replaceAll(`./${shared}`, './part-shared.js');
    const calls = text.replaceAll(`import("./${firstUse}")`, 'loadFirstUse()');
    writeFileSync(`${dist}/${part}`, `import { loadFirstUse } from "./${loader}";${calls}`);
  }
  writeFileSync(`${dist}/${loader}`, loaderText(shared, firstUse));
  writeFileSync(`${dist}/${shared}`, listText(names));
  await build({
    ...settings,
    entryPoints: [`${dist}/part-index.js`],
    outfile: `${dist}/merged.js`,
    bundle: true,
    // Half as much to compile for every importer; the source maps lead back.
    minify: true,
    external: [`./${shared}`, `./${firstUse}`],
    packages: 'external',
  });
  for (const left of ['part-index.js', 'part-shared.js', loader, `${shared}.map`]) rmSync(`${dist}/${left}`);
  const merged = readFileSync(`${dist}/merged.js`, 'utf8').replace('=merged.js.map', '=index.js.map');
  writeFileSync(`${dist}/index.js`, merged);
  rmSync(`${dist}/merged.js`);
  renameSync(`${dist}/merged.js.map`, `${dist}/index.js.map`);
}

function only(dist, pattern) {
  const found = readdirSync(dist).filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`There must be one file ${String(pattern)}, not ${String(found.length)}.`);
  return found[0];
}

function exportsOf(text, file) {
  const list = /^export \{([^}]*)\};$/m.exec(text)?.[1];
  if (list === undefined || / as /.test(list)) throw new Error(`${file} does not end in a plain list of exports.`);
  return list.split(',').map((name) => name.trim());
}

function loaderText(shared, firstUse) {
  return `import * as shared from "./part-shared.js";
export async function loadFirstUse() {
  (await import("./${shared}")).receive(shared);
  return await import("./${firstUse}");
}
`;
}

function listText(names) {
  return `export let ${names.join(', ')};
export function receive(shared) {
  ({ ${names.join(', ')} } = shared);
}
`;
}
