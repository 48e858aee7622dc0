/** Real processes that hold locks: compiled from the source once, each fed a few lines. */
import { build } from 'esbuild';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ENTRY = `
export { withFileLock, LockBusyError } from './host/file-lock.js';
export { readSmallFile, replaceFile } from './host/files.js';
export { systemClock } from './base/clock.js';
`;

export interface Processes extends Disposable {
  /** Starts a process that runs these lines; `./library.mjs` holds what they may import. */
  start(lines: string, options?: StartOptions): ChildProcess;
}

export interface StartOptions {
  /** What a shell does before it becomes the process. */
  readonly before?: string;
  /** Whether it must be nobody special: root may write everywhere, so that it is started as another user. */
  readonly unprivileged?: boolean;
}

/** The user `nobody` of most systems. */
const NOBODY = 65_534;

export async function processes(): Promise<Processes> {
  const folder = mkdtempSync(join(tmpdir(), 'credence-processes-'));
  chmodSync(folder, 0o755);
  await build({
    stdin: { contents: ENTRY, resolveDir: fileURLToPath(new URL('../../src', import.meta.url)), loader: 'ts' },
    outfile: join(folder, 'library.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
  const started: ChildProcess[] = [];
  const start = (lines: string, { before, unprivileged }: StartOptions = {}): ChildProcess => {
    const script = join(folder, `script-${started.length}.mjs`);
    writeFileSync(script, `import * as library from './library.mjs';\n${lines}`);
    const user = unprivileged === true && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    const child =
      before === undefined
        ? spawn(process.execPath, [script], { stdio: 'pipe', ...user })
        : spawn('bash', ['-c', `${before}\nexec '${process.execPath}' '${script}'`], { stdio: 'pipe', ...user });
    started.push(child);
    return child;
  };
  return {
    start,
    [Symbol.dispose]: () => {
      for (const child of started) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a process prints until it ends; fails with what it complained of where it does not end well. */
export async function outputOf(child: ChildProcess): Promise<string> {
  let output = '';
  let complaint = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The process ended with ${String(code)}: ${complaint}`);
  return output;
}

/** Resolves when a process prints its first line. */
export async function firstOutputOf(child: ChildProcess): Promise<void> {
  if (child.stdout === null) throw new Error('the process has no output');
  await once(child.stdout, 'data');
}
