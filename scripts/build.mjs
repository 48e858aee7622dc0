/**
 * Builds `dist/`: the declarations by tsc, and the JavaScript by esbuild, in few files because each costs time to import.
 * Beside it, `build/` gets the samples and the benchmarks as programs that import the package by its own name.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { mergeShared } from './merge-shared.mjs';
import { keepPublicDeclarations } from './public-declarations.mjs';
import { publicNamesFrom } from './public-names.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const MAIN = 'src/index.ts';
const common = { absWorkingDir: root, format: 'esm', platform: 'node', target: 'node20', sourcemap: true };

const startedAt = new Date();
for (const folder of ['dist', 'build/samples', 'build/bench', 'build/stamp']) {
  rmSync(`${root}/${folder}`, { recursive: true, force: true });
}
const steps = await Promise.allSettled([declarations(), library(), programs('samples'), programs('bench')]);
for (const step of steps.filter(({ status }) => status === 'rejected')) {
  console.error(`The build failed: ${step.reason.message}`);
  process.exitCode = 1;
}
if (process.exitCode === undefined) {
  keepPublicDeclarations(root, publicFiles('types'));
  stamp();
}

/** Tells scripts/build-if-stale.mjs since when the build is whole. */
function stamp() {
  mkdirSync(`${root}/build`, { recursive: true });
  writeFileSync(`${root}/build/stamp`, '');
  utimesSync(`${root}/build/stamp`, startedAt, startedAt);
}

/** Types are checked by `npm run types`; here they are only written, which needs no checking (`isolatedDeclarations`). */
function declarations() {
  const tsc = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));
  const run = spawn(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    run.on('error', reject);
    run.on('exit', (code) => (code === 0 ? resolve() : reject(new Error('tsc cannot write the declarations.'))));
  });
}

/**
 * The main entry point is built with what it loads on first use. The others take what is public from the main one, so that every class
 * exists once, and hold copies of the few internal functions that they need.
 */
async function library() {
  const entryPoints = publicFiles('default').map((file) => file.replace(/^dist\/(.*)\.js$/, 'src/$1.ts'));
  const others = entryPoints.filter((file) => file !== MAIN);
  const settings = { ...common, outbase: 'src', outdir: 'dist', bundle: true, packages: 'external' };
  const main = build({
    ...settings,
    entryPoints: [MAIN],
    splitting: true,
    plugins: [onFirstUse(others.map((file) => posix.dirname(posix.relative('src', file)))), withoutDocComments()],
  });
  const rest = build({
    ...settings,
    entryPoints: others,
    metafile: true,
    plugins: [publicNamesFrom(`${root}/${MAIN}`), withoutDocComments()],
  });
  await Promise.all([main, rest]);
  await mergeShared(`${root}/dist`, common);
}

/** The files that the package names for its entry points. */
function publicFiles(condition) {
  const { exports } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
  return Object.values(exports).flatMap((entry) =>
    entry[condition] === undefined ? [] : posix.normalize(entry[condition]),
  );
}

/** The comments of the sources are in the declarations; here each importer would read them. Lines stay where they are, for the source maps. */
function withoutDocComments() {
  const setup = ({ onLoad }) => {
    onLoad({ filter: /\bsrc\b.*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      return {
        contents: text.replace(/^[ \t]*\/\*\*.*?\*\/$/gms, (comment) => comment.replace(/[^\n]/g, '')),
        loader: 'ts',
      };
    });
  };
  return { name: 'without doc comments', setup };
}

/**
 * What the sources load on first use, by `import('./x.js')`, goes into a few files. Otherwise each such module would be an entry of
 * its own, and what they share with the entry points in different ways would be cut into many files to import.
 */
function onFirstUse(elsewhere) {
  const modules = lazyModules(elsewhere);
  const contentsOf = (file) =>
    modules
      .filter((module) => fileOf(module) === file)
      .map((module) => `export * from './${module}';`)
      .join('\n');
  const setup = ({ onResolve, onLoad }) => {
    onResolve({ filter: /^\./ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: fileOf(path), namespace: 'first-use' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'first-use' }, ({ path }) => ({
      contents: contentsOf(path),
      resolveDir: `${root}/src`,
      loader: 'ts',
    }));
  };
  return { name: 'on first use', setup };
}

/** Programs that begin with a token in a file need nothing else: for them it is a file of its own. */
function fileOf(module) {
  return posix.basename(module).startsWith('authorized-user-file.') ? 'file-use' : 'first-use';
}

/** The modules that the main entry point loads on first use, and not those of other entry points; a name that two of them export would be lost, which esbuild reports. */
function lazyModules(elsewhere) {
  const all = readdirSync(`${root}/src`, { recursive: true }).filter((name) => name.endsWith('.ts'));
  const sources = all.filter((name) => !elsewhere.includes(posix.dirname(name)));
  const found = sources.flatMap((name) => {
    const text = readFileSync(`${root}/src/${name}`, 'utf8');
    const imports = [...text.matchAll(/(?<!typeof )\bimport\('(\.[^']+)\.js'\)/g)];
    return imports.map(([, target]) => posix.join(posix.dirname(name), `${target}.ts`));
  });
  return [...new Set(found)].sort();
}

function programs(folder) {
  const names = existsSync(`${root}/${folder}`) ? readdirSync(`${root}/${folder}`, { recursive: true }) : [];
  const entryPoints = names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);
  return build({ ...common, entryPoints, outbase: folder, outdir: `build/${folder}` });
}
