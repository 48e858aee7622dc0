/** An esbuild plugin: what the main entry point exports is taken from there, and not bundled a second time. */
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

const EXPORT = /^export \{([^}]*)\} from '(\.[^']+)\.js';$/gm;
const AS_IT_IS = 'as it is';

/** For entry points that stand one folder below the main one. */
export function publicNamesFrom(main) {
  const names = publicNames(main);
  const setup = ({ onResolve, onLoad }) => {
    onResolve({ filter: /^\./ }, ({ path, resolveDir, importer, pluginData }) => {
      if (path === '../index.js') return { path, external: true };
      const file = resolve(resolveDir, path).replace(/\.js$/, '.ts');
      return importer !== '' && pluginData !== AS_IT_IS && names.has(file)
        ? { path: file, namespace: 'public' }
        : { path: file };
    });
    onLoad({ filter: /.*/, namespace: 'public' }, ({ path }) => ({
      // An explicit name goes before the same one behind a star.
      contents: `export { ${names.get(path).join(', ')} } from '../index.js';\nexport * from './${basename(path, '.ts')}.js';`,
      pluginData: AS_IT_IS,
      resolveDir: dirname(path),
      loader: 'ts',
    }));
  };
  return { name: 'public names from the main entry point', setup };
}

/** File → the values of it that the main entry point exports. */
function publicNames(main) {
  const found = [...readFileSync(main, 'utf8').matchAll(EXPORT)];
  return new Map(
    found.map(([, list, file]) => [resolve(dirname(main), `${file}.ts`), list.split(',').map((name) => name.trim())]),
  );
}
