/** Real processes that hold locks: compiled from the source once, each fed a few lines. */
import { build } from 'esbuild';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';

const ENTRY = `
export { withFileLock, LockBusyError } from './host/file-lock.js';
export { readSmallFile, replaceFile } from './host/files.js';
export { systemClock } from './base/clock.js';
`;

export interface Processes {
  /** Starts a process that runs these lines; `library` holds what they may use. */
  start(lines: string, options?: StartOptions): ChildProcess;
  /** Starts a process that holds the lock of a file, and resolves when it has it. It keeps it until it is told to end by a line. */
  startHolder(file: string): Promise<ChildProcess>;
}

export interface StartOptions {
  /** What a shell does before it becomes the process. */
  readonly before?: string;
  /** Whether it must be nobody special: root may write everywhere, so that it is started as another user. */
  readonly unprivileged?: boolean;
}

/** The user `nobody` of most systems. */
const NOBODY = 65_534;
/** Who is nobody special must be able to read it, whatever the umask. */
const FOR_ALL = 0o755;

/** Processes for the tests of a file, ended after them. */
export function processes(): Processes {
  const started: ChildProcess[] = [];
  let folder = '';
  beforeAll(async () => {
    folder = await compiled();
  });
  afterAll(() => {
    for (const child of started) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  const start: Processes['start'] = (lines, options = {}) => {
    const script = join(folder, `script-${started.length}.mjs`);
    writeFileSync(script, `import * as library from './library.mjs';\n${lines}`);
    chmodSync(script, FOR_ALL);
    const child = spawnScript(script, options);
    started.push(child);
    return child;
  };
  return {
    start,
    startHolder: async (file) => {
      const child = start(`
        await library.withFileLock(${JSON.stringify(file)}, async () => {
          console.log('held');
          await new Promise((resolve) => process.stdin.once('data', resolve));
          process.stdin.unref();
        }, { clock: library.systemClock, waitMs: 1_000 });
      `);
      await firstOutputOf(child);
      return child;
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

async function compiled(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'credence-processes-'));
  const outfile = join(folder, 'library.mjs');
  await build({
    stdin: { contents: ENTRY, resolveDir: fileURLToPath(new URL('../../src', import.meta.url)), loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
  for (const path of [folder, outfile]) chmodSync(path, FOR_ALL);
  return folder;
}

function spawnScript(script: string, { before, unprivileged }: StartOptions): ChildProcess {
  const user = unprivileged === true && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  return before === undefined
    ? spawn(process.execPath, [script], { stdio: 'pipe', ...user })
    : spawn('bash', ['-c', `${before}\nexec '${process.execPath}' '${script}'`], { stdio: 'pipe', ...user });
}
