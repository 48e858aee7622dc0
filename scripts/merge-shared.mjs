/**
 * Makes the main entry point one file: a second one would cost each importer as much as all the rest.
 *
 * What the main file shares with the file that is loaded on first use ends up in a third one (esbuild's splitting). Here it goes into
 * the main file; the third one is left as a list of names, which the main file fills just before the file of first use reads it.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  writeFileSync(`${dist}/${loader}`, loaderText(shared, firstUse, names));
  writeFileSync(`${dist}/${shared}`, listText(names));
  const external = [`./${shared}`, `./${firstUse}`];
  // Half as much to compile for every importer; the source maps lead back.
  const small = { ...settings, absWorkingDir: dist, minify: true, outdir: dist, allowOverwrite: true };
  await build({ ...small, entryPoints: { index: 'part-index.js' }, bundle: true, external, packages: 'external' });
  await build({ ...small, entryPoints: [firstUse] });
  for (const left of ['part-index.js', 'part-shared.js', loader, `${shared}.map`]) rmSync(`${dist}/${left}`);
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

/** The names stand within the function: as a namespace, each would be a closure to make at import. */
function loaderText(shared, firstUse, names) {
  const all = names.join(', ');
  return `import { ${all} } from "./part-shared.js";
export async function loadFirstUse() {
  (await import("./${shared}")).receive({ ${all} });
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
