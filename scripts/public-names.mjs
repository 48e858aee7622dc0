/** An esbuild plugin: what the main entry point exports is taken from there, and not bundled a second time. */
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

const EXPORT = /^export \{([^}]*)\} from '(\.[^']+)\.js';$/gm;
const EXPORTED_VALUE = /^export (?:abstract class|class|async function|function|const) (\w+)/gm;
const AS_IT_IS = 'as it is';

/** For entry points that stand one folder below the main one. */
export function publicNamesFrom(main) {
  const names = publicNames(main);
  const setup = ({ onResolve, onLoad, onEnd }) => {
    onResolve({ filter: /^\./ }, ({ path, resolveDir, importer, kind, pluginData }) => {
      // What is loaded on first use belongs to the main entry point. Bundled, it would drag in all that it needs.
      if (kind === 'dynamic-import' || path === '../index.js') return { path, external: true, sideEffects: false };
      const file = resolve(resolveDir, path).replace(/\.js$/, '.ts');
      const isTaken = importer !== '' && pluginData !== AS_IT_IS && names.has(file);
      // As package.json says; resolved by a plugin, esbuild would otherwise keep what nobody uses.
      return { path: file, sideEffects: false, ...(isTaken ? { namespace: 'public' } : {}) };
    });
    onLoad({ filter: /.*/, namespace: 'public' }, ({ path }) => ({
      contents: contentsFor(path, names.get(path)),
      pluginData: AS_IT_IS,
      resolveDir: dirname(path),
      loader: 'ts',
    }));
    onEnd(({ metafile }) => {
      for (const [file, { imports }] of Object.entries(metafile.outputs)) requireNothingOnFirstUse(file, imports);
    });
  };
  return { name: 'public names from the main entry point', setup };
}

/** The public names from the main entry point; whatever else the file exports from itself. An explicit name goes before one behind a star. */
function contentsFor(path, names) {
  const all = [...readFileSync(path, 'utf8').matchAll(EXPORTED_VALUE)].map(([, name]) => name);
  const rest = all.every((name) => names.includes(name)) ? '' : `export * from './${basename(path, '.ts')}.js';`;
  return `export { ${names.join(', ')} } from '../index.js';\n${rest}`;
}

/** File → the values of it that the main entry point exports. */
function publicNames(main) {
  const found = [...readFileSync(main, 'utf8').matchAll(EXPORT)];
  return new Map(
    found.map(([, list, file]) => [resolve(dirname(main), `${file}.ts`), list.split(',').map((name) => name.trim())]),
  );
}

/** Only the main entry point has a file for what is loaded on first use. */
function requireNothingOnFirstUse(file, imports) {
  const lost = imports.find(({ kind, path }) => kind === 'dynamic-import' && path.startsWith('.'));
  if (lost !== undefined) throw new Error(`${file} must import ${lost.path} statically, or from the main entry point.`);
}
