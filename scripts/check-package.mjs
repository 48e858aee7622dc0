/** Packs what is built, once, and has publint and are-the-types-wrong judge that very tarball. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'credence-package-'));

try {
  if (!existsSync(`${root}/build/stamp`)) throw new Error('Nothing is built: run npm run build.');
  const [{ filename }] = JSON.parse(
    run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], 'pipe'),
  );
  const tarball = path.join(folder, filename);
  run('npx', ['--no-install', 'publint', 'run', '--strict', tarball]);
  run('npx', ['--no-install', 'attw', tarball, '--profile', 'esm-only']);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

function run(command, argumentList, stdout = 'inherit') {
  const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', stdout, 'inherit'] };
  const result = spawnSync(command, argumentList, options);
  if (result.status !== 0) throw new Error(`${command} ${argumentList.join(' ')} failed.`);
  return result.stdout;
}
