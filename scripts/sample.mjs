/** Runs a built sample by its name: `npm run sample -- NAME`. Without a name, or with a wrong one, it lists them. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../build/samples/', import.meta.url));
const built = existsSync(folder) ? readdirSync(folder) : [];
const names = built.filter((file) => file.endsWith('.js')).map((file) => file.slice(0, -'.js'.length));
const [name, ...rest] = process.argv.slice(2);

if (names.includes(name)) {
  const run = spawn(process.execPath, [`${folder}${name}.js`, ...rest], { stdio: 'inherit' });
  run.on('exit', (code) => (process.exitCode = code ?? 1));
} else {
  console.error(name === undefined ? 'Usage: npm run sample -- NAME' : `There is no sample called "${name}".`);
  console.error(names.length > 0 ? `Samples: ${names.join(', ')}` : 'No sample is built: run npm run build.');
  process.exitCode = 1;
}
