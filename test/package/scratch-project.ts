/** A project of its own that has the packed tarball installed, as a user of the package would have it. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The repository. */
export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url));

/** What `npm pack` says about the tarball. */
export interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** The project. */
export interface ScratchProject extends AsyncDisposable {
  readonly packed: Packed;
  /** Writes a file and runs it with node; gives what it printed. */
  runFile(name: string, code: string): Promise<string>;
  /**
   * Writes files and type-checks them against the packed declarations; gives what the compiler complains about.
   * @param platform Whose globals are declared: those of Node, or those of browsers, and then nothing of Node's.
   */
  compile(files: Readonly<Record<string, string>>, platform?: 'node' | 'dom'): Promise<string>;
}

/** Packs what is built, without building again, and installs it. */
export async function scratchProject(): Promise<ScratchProject> {
  const folder = await mkdtemp(path.join(tmpdir(), 'credence-packed-'));
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: ROOT,
  });
  const [packed]: [Packed] = JSON.parse(stdout);
  await install(folder, packed.filename);
  return {
    packed,
    runFile: (name, code) => runFile(folder, name, code),
    compile: (files, platform) => compile(folder, files, platform),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/**
 * A real `npm install` of the tarball, but without the network: the dependencies that the lock file gives to users are
 * copied beforehand, and npm finds them fitting and leaves them alone. So the test is quick and runs anywhere.
 */
async function install(folder: string, tarball: string): Promise<void> {
  for (const name of await runtimePackages()) {
    await cp(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  }
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({ name: 'scratch', private: true, type: 'module' }),
  );
  const options = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  await run('npm', ['install', ...options, `./${tarball}`], { cwd: folder });
  await mkdir(path.join(folder, 'node_modules/@types'), { recursive: true });
  for (const name of ['node_modules/@types/node', 'node_modules/undici-types']) {
    await symlink(path.join(ROOT, name), path.join(folder, name));
  }
}

async function runtimePackages(): Promise<string[]> {
  const { packages } = JSON.parse(await readFile(path.join(ROOT, 'package-lock.json'), 'utf8'));
  const entries: [string, { dev?: true; devOptional?: true; optional?: true }][] = Object.entries(packages);
  return entries
    .filter(([name, { dev, devOptional, optional }]) => name !== '' && !(dev ?? devOptional ?? optional))
    .map(([name]) => name);
}

async function runFile(folder: string, name: string, code: string): Promise<string> {
  await writeFile(path.join(folder, name), code);
  const { stdout } = await run(process.execPath, [name], { cwd: folder });
  return stdout;
}

const PLATFORMS = {
  node: ['--types', 'node'],
  dom: ['--lib', 'es2023,dom,dom.iterable,esnext.disposable', '--typeRoots', 'none'],
};

async function compile(
  folder: string,
  files: Readonly<Record<string, string>>,
  platform: keyof typeof PLATFORMS = 'node',
): Promise<string> {
  for (const [name, code] of Object.entries(files)) await writeFile(path.join(folder, name), code);
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', ...PLATFORMS[platform]];
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  const command = [tsc, ...options, '--exactOptionalPropertyTypes', '--skipLibCheck', 'false', ...Object.keys(files)];
  return await run(process.execPath, command, { cwd: folder }).then(
    () => '',
    (failure: { stdout: string }) => failure.stdout,
  );
}
