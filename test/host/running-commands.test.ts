import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { endProcesses } from '../../src/host/process-tree.js';
import { startWatched } from '../../src/host/running-commands.js';
import { childOf, type Child } from '../contract/child.js';
import { needsPosix } from '../fixtures/needs.js';
import { expectEnded, isRunning } from '../fixtures/processes.js';
import { temporaryFolder } from '../fixtures/temporary-folder.js';

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;
const folder = temporaryFolder('pid');
let sources: Child;

beforeAll(async () => {
  sources = await childOf('src/host/commands.ts');
});
afterAll(() => {
  sources[Symbol.dispose]();
});

/** A program that runs a command which hangs, and which has started another that hangs too. `run()` is there to run it again. */
async function hanging(lines: string, before = ''): Promise<{ program: ChildProcess; inner: number }> {
  const script = sources.write(
    'script.mjs',
    `import { runCommand } from './entry.mjs';
     const clock = { schedule: (ms, run) => { const timer = setTimeout(run, ms).unref(); return () => clearTimeout(timer); } };
     const hang = 'sleep 60 & echo $! > "$0.new"; mv "$0.new" "$0"; wait';
     const run = () => runCommand('sh', ['-c', hang, ${JSON.stringify(folder.file)}], { clock, timeoutMs: 60_000 });
     ${before}
     const running = run();
     ${lines}`,
  );
  const program = spawn(process.execPath, [script], { cwd: folder.path, stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void program.kill());
  return { program, inner: await leftPid() };
}

/** The process id that was left, as soon as it is there. */
async function leftPid(): Promise<number> {
  await expect.poll(() => existsSync(folder.file)).toBe(true);
  const pid = Number(readFileSync(folder.file, 'utf8'));
  rmSync(folder.file);
  return pid;
}

async function endOf(program: ChildProcess): Promise<unknown> {
  if (program.exitCode === null && program.signalCode === null) await once(program, 'exit');
  return program.signalCode ?? program.exitCode;
}

function listeners(): readonly number[] {
  return [...SIGNALS, 'exit'].map((name) => process.listenerCount(name));
}

describe('Where this process ends first, what a command has started is ended', () => {
  beforeEach(needsPosix);

  test.each(SIGNALS)('F56 by %s, which ends this process as if nobody had listened', async (signal) => {
    const { program, inner } = await hanging('');

    program.kill(signal);

    expect(await endOf(program)).toBe(signal);
    await expectEnded(inner);
  });

  test.each([
    ['process.exit()', 'process.exit(7)', 7],
    ['an error that nobody catches', "throw new Error('uncaught')", 1],
  ])('by %s', async (_, line, code) => {
    const { program, inner } = await hanging('', `process.once('SIGUSR2', () => { ${line}; });`);

    program.kill('SIGUSR2');

    expect(await endOf(program)).toBe(code);
    await expectEnded(inner);
  });

  test('by a listener that ends it only where no other is left', async () => {
    const { program, inner } = await hanging(`process.on('SIGTERM', function mine() {
      if (process.listenerCount('SIGTERM') > 1) return;
      process.removeListener('SIGTERM', mine);
      process.kill(process.pid, 'SIGTERM');
    });`);

    program.kill('SIGTERM');

    expect(await endOf(program)).toBe('SIGTERM');
    await expectEnded(inner);
  });
});

describe('Where another listener keeps this process alive', () => {
  beforeEach(needsPosix);

  test('the command is ended alone, and a later one is ended with the process', async () => {
    const { program, inner } = await hanging(`process.once('SIGINT', () => undefined);
      const { exitCode } = await running;
      console.log(exitCode);
      await run();`);
    const printed = once(program.stdout!, 'data');

    program.kill('SIGINT');
    await expectEnded(inner);
    const later = await leftPid();

    expect(String(await printed)).toBe('undefined\n');
    expect(isRunning(later)).toBe(true);
    program.kill('SIGINT');
    expect(await endOf(program)).toBe('SIGINT');
    await expectEnded(later);
  });
});

describe('The listeners', () => {
  beforeEach(needsPosix);

  const children: ChildProcess[] = [];
  const aChild = (): ChildProcess => {
    const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    children.push(child);
    return child;
  };
  afterEach(() => {
    children.splice(0).forEach(endProcesses);
  });

  test('are one of each kind however many commands run, and gone with the last', () => {
    const before = listeners();

    const commands = [startWatched(aChild), startWatched(aChild)];

    expect(commands.map(({ child }) => child)).toEqual(children);
    expect(listeners()).toEqual(before.map((count) => count + 1));
    commands[0]!.release();
    commands[0]!.release();
    expect(listeners()).toEqual(before.map((count) => count + 1));
    commands[1]!.release();
    expect(listeners()).toEqual(before);
  });

  test('are there before the command is, and gone where it cannot be started', () => {
    const before = listeners();
    let during: readonly number[] = [];

    const starting = (): unknown =>
      startWatched(() => {
        during = listeners();
        throw new Error('no such command');
      });

    expect(starting).toThrow('no such command');
    expect(during).toEqual(before.map((count) => count + 1));
    expect(listeners()).toEqual(before);
  });

  test('are heard before all others', () => {
    const other = (): void => undefined;
    process.on('SIGINT', other);

    const { release } = startWatched(aChild);

    expect(process.listeners('SIGINT').indexOf(other)).toBeGreaterThan(0);
    release();
    process.removeListener('SIGINT', other);
  });
});
