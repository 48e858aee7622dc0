/** The set-up of tests that look at what was built: builds once, and only where a source is newer than the build. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = [
  'src',
  'samples',
  'bench',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'scripts/build.mjs',
];

/** Builds where needed. It does not stop the run where that fails: test/package/build.test.ts then does. */
export default function buildIfStale() {
  if (isStale()) spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
}

/** Whether a source is newer than the last build that went well. */
export function isStale() {
  return newest(SOURCES) > builtAt();
}

/** Written last by scripts/build.mjs, and only when everything went well. */
function builtAt() {
  const stamp = `${root}/build/stamp`;
  return existsSync(stamp) && existsSync(`${root}/dist/index.js`) ? statSync(stamp).mtimeMs : -Infinity;
}

/** Folders count too: their time tells that a file was removed. */
function newest(names) {
  const files = names.flatMap((name) => {
    if (!existsSync(`${root}/${name}`)) return [];
    if (!statSync(`${root}/${name}`).isDirectory()) return [name];
    return [name, ...readdirSync(`${root}/${name}`, { recursive: true }).map((inner) => `${name}/${inner}`)];
  });
  return Math.max(...files.map((file) => statSync(`${root}/${file}`).mtimeMs));
}
