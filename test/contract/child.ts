/** Runs a few lines in a real process of its own, where environment, TLS trust and exit can be seen. */
import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CACHE = join(ROOT, '.cache');

export interface Child extends Disposable {
  /** Puts a file beside the entry, and gives its path. */
  write(name: string, text: string): string;
  /** Runs the lines, an ES module that finds the entry as `./entry.mjs`, and gives what they print. A hang fails after 15 s. */
  run(lines: string, env?: Record<string, string>): Promise<string>;
}

/** Compiles one source file, given from the root, for children to import. */
export async function childOf(entry: string): Promise<Child> {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'child-'));
  await build({
    entryPoints: { entry: join(ROOT, entry) },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
  });
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  return {
    write,
    run: async (lines, env = {}) => {
      const script = write('script.mjs', lines);
      const { stdout } = await promisify(execFile)(process.execPath, [script], {
        env: { PATH: process.env['PATH'] ?? '', ...env },
        timeout: 15_000,
      });
      return stdout;
    },
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
