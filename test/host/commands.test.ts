import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { systemClock, type Clock } from '../../src/base/clock.js';
import { CommandError } from '../../src/host/command-error.js';
import { runCommand, type CommandOptions, type CommandOutcome } from '../../src/host/commands.js';
import { manualClock } from '../../src/testing/clock/manual-clock.js';
import { childOf } from '../contract/child.js';
import { rejection } from '../contract/secrets.js';
import { expectEnded, isRunning } from '../fixtures/processes.js';
import { temporaryFolder } from '../fixtures/temporary-folder.js';

const folder = temporaryFolder('pid');

/** Runs lines of JavaScript; `pidFile` is where they may leave a process id. */
function run(
  lines: string,
  options: Partial<CommandOptions> = {},
  args: readonly string[] = [],
): Promise<CommandOutcome> {
  const script = `const { writeFileSync, renameSync } = require('node:fs'); const { spawn } = require('node:child_process');
    const leave = (pid) => { writeFileSync(${JSON.stringify(`${folder.file}.new`)}, String(pid)); renameSync(${JSON.stringify(`${folder.file}.new`)}, ${JSON.stringify(folder.file)}); };
    ${lines}`;
  return runCommand(process.execPath, ['-e', script, '--', ...args], {
    clock: systemClock,
    timeoutMs: 60_000,
    ...options,
  });
}

/** The process id that was left, as soon as it is there. */
async function leftPid(): Promise<number> {
  await expect.poll(() => existsSync(folder.file)).toBe(true);
  return Number(readFileSync(folder.file, 'utf8'));
}

const FOR_EVER = 'setInterval(() => undefined, 1_000);';

describe('runCommand', () => {
  test('It gives the exit code, and both outputs apart', async () => {
    const outcome = await run(`process.stdout.write('out ü'); process.stderr.write('err'); process.exitCode = 3;`);

    expect(outcome).toEqual({ exitCode: 3, stdout: 'out ü', stderr: 'err' });
    expect(Object.isFrozen(outcome)).toBe(true);
  });

  test('Arguments reach the command as they are, whatever a shell would make of them', async () => {
    const args = ['$(id)', '`id`', 'a b', '"; exit 1; "', '*', ''];

    const { stdout } = await run('process.stdout.write(JSON.stringify(process.argv.slice(1)));', {}, args);

    expect(JSON.parse(stdout)).toEqual(args);
  });

  test('The command has the environment of this process, with what is given beside it, and nothing to read', async () => {
    vi.stubEnv('CREDENCE_TEST_VARIABLE', 'inherited');

    const { stdout } = await run(
      `const { CREDENCE_TEST_VARIABLE, CREDENCE_TEST_EXTRA } = process.env;
       process.stdin.on('data', () => undefined).on('end', () => console.log(CREDENCE_TEST_VARIABLE, CREDENCE_TEST_EXTRA));`,
      { environment: { CREDENCE_TEST_EXTRA: 'extra' } },
    );

    vi.unstubAllEnvs();
    expect(stdout).toBe('inherited extra\n');
  });

  test('A command that a signal ended has no exit code', async () => {
    expect(await run(`process.kill(process.pid, 'SIGKILL'); ${FOR_EVER}`)).toMatchObject({ exitCode: undefined });
  });

  test.each([
    ['a file', (entry: string) => writeFileSync(entry, '')],
    ['a link that leads in a circle', (entry: string) => symlinkSync(entry, entry)],
    [
      'a folder that holds a folder of that name',
      (entry: string) => mkdirSync(`${entry}/credence-none`, { recursive: true }),
    ],
  ])('A command was not found where the PATH holds %s', async (_, make) => {
    make(`${folder.path}/entry`);
    vi.stubEnv('PATH', `${folder.path}/entry`);

    const error = await rejection(runCommand('credence-none', [], { clock: systemClock, timeoutMs: 1_000 }));

    vi.unstubAllEnvs();
    expect(error).toMatchObject({ name: 'CommandError', fault: 'not_found' });
  });

  test('A path that leads through a file leads to no command', async () => {
    writeFileSync(folder.file, '');

    const error = await rejection(runCommand(`${folder.file}/x`, [], { clock: systemClock, timeoutMs: 1_000 }));

    expect(error).toMatchObject({ name: 'CommandError', fault: 'not_found', system: 'ENOTDIR' });
  });

  test('A command that is not there is an error, and never one that ends the process', async () => {
    const running = runCommand('credence-no-such-command', [], { clock: systemClock, timeoutMs: 1_000 });

    expect(await rejection(running)).toMatchObject({ name: 'CommandError', fault: 'not_found' });
  });

  test('So is one that may not be executed, one that cannot be, and one whose interpreter is missing', async () => {
    const faultOf = async (mode: number, text: string): Promise<unknown> => {
      writeFileSync(folder.file, text);
      chmodSync(folder.file, mode);
      return await rejection(runCommand(folder.file, [], { clock: systemClock, timeoutMs: 1_000 }));
    };

    expect(await faultOf(0o600, '#!/bin/sh\n')).toMatchObject({ fault: 'not_started', system: 'EACCES' });
    expect(await faultOf(0o700, '#!/no/such/interpreter\n')).toMatchObject({ fault: 'interpreter_not_found' });
    expect(await rejection(run('', {}, ['a\0b']))).toMatchObject({
      fault: 'not_started',
      system: 'ERR_INVALID_ARG_VALUE',
    });
  });

  test('So is a machine on which no more files can be opened', async () => {
    using child = await childOf('src/host/commands.ts');
    const script = child.write(
      'full.mjs',
      `import { openSync } from 'node:fs';
       import { runCommand } from './entry.mjs';
       try { for (;;) openSync('/dev/null'); } catch { /* They are all open now. */ }
       const clock = { schedule: () => () => undefined };
       await runCommand('true', [], { clock, timeoutMs: 1_000 }).catch(({ fault, system }) => console.log(fault, system));`,
    );

    const limited = spawnSync('sh', ['-c', 'ulimit -n 256; exec "$0" "$1"', process.execPath, script], {
      encoding: 'utf8',
    });

    expect(limited).toMatchObject({ status: 0, stdout: 'not_started EMFILE\n' });
  });

  test('A command that takes too long is ended, with all that it has started', async () => {
    const clock = manualClock();
    const running = rejection(
      run(`leave(spawn('sleep', ['60'], { stdio: 'inherit' }).pid); ${FOR_EVER}`, { clock, timeoutMs: 5_000 }),
    );
    const pid = await leftPid();
    expect(isRunning(pid)).toBe(true);

    await clock.advance(5_000);

    const error = await running;
    expect(error).toBeInstanceOf(CommandError);
    expect(error).toMatchObject({ fault: 'timed_out', message: 'The command did not end within 5 s.' });
    expect(clock.pending).toBe(0);
    await expectEnded(pid);
  });

  test('F55 A signal ends the command with its own reason', async () => {
    const controller = new AbortController();
    const running = rejection(run(`leave(process.pid); ${FOR_EVER}`, { signal: controller.signal }));
    const pid = await leftPid();

    controller.abort('gone');

    expect(await running).toBe('gone');
    await expectEnded(pid);
  });

  test('F55 Where the signal has aborted before, nothing is started', async () => {
    const signal = AbortSignal.abort('gone');

    expect(
      await rejection(runCommand('credence-no-such-command', [], { clock: systemClock, timeoutMs: 1, signal })),
    ).toBe('gone');
  });

  test('F16 Output without an end is not read on', async () => {
    const running = run(`leave(process.pid); const write = () => { while (process.stdout.write('x'.repeat(65_536))); };
      process.stdout.on('drain', write); write();`);

    expect(await rejection(running)).toMatchObject({ fault: 'too_much_output' });
    await expectEnded(await leftPid());
  });

  test('F16 Of complaints without an end the last are kept', async () => {
    const { stderr } = await run(`process.stderr.write('x'.repeat(200_000)); process.stderr.write('ERROR: the end');`);

    expect(stderr).toHaveLength(16_384);
    expect(stderr.endsWith('xERROR: the end')).toBe(true);
  });

  test('A process that left the group and still holds the output is not waited for', async () => {
    const lines = `const left = spawn('sleep', ['60'], { stdio: 'inherit', detached: true });
      left.unref(); leave(left.pid); process.stdout.write('token');`;
    const clock: Clock = { ...systemClock, schedule: (ms, work) => systemClock.schedule(ms === 1_000 ? 50 : ms, work) };

    const outcome = await run(lines, { clock });

    process.kill(await leftPid(), 'SIGKILL');
    expect(outcome).toMatchObject({ exitCode: 0, stdout: 'token' });
  });

  test('Nor is it where it stays in the group, once the output is whole and the command has succeeded', async () => {
    const clock = manualClock();
    const leftBehind = `leave(spawn('sleep', ['60'], { stdio: 'inherit' }).pid); process.stdout.write('token\\n');`;

    const outcome = await run(`${leftBehind} process.exit();`, { clock, isWhole: (stdout) => stdout === 'token\n' });

    expect(outcome).toMatchObject({ exitCode: 0, stdout: 'token\n' });
    expect(clock.pending).toBe(0);
    await expectEnded(await leftPid());
  });

  test('It is waited for where the output is not whole, or the command has failed', async () => {
    const waitsFor = async (exitCode: number, isWhole: () => boolean): Promise<number> => {
      const waits: number[] = [];
      const schedule: Clock['schedule'] = (ms, work) => {
        waits.push(ms);
        return systemClock.schedule(ms === 1_000 ? 50 : ms, work);
      };
      const lines = `spawn('sleep', ['60'], { stdio: 'inherit' }); process.stdout.write('tok'); process.exit(${exitCode});`;
      await run(lines, { clock: { ...systemClock, schedule }, isWhole });
      return waits.filter((ms) => ms === 1_000).length;
    };

    expect(await waitsFor(0, () => false)).toBe(1);
    expect(await waitsFor(1, () => true)).toBe(1);
  });

  test('What a command leaves behind in its group is ended with it', async () => {
    await run(`leave(spawn('sleep', ['60'], { stdio: 'ignore' }).pid); process.exit();`);

    await expectEnded(await leftPid());
  });

  test('Nothing is left of it: no timer, no listener', async () => {
    const clock = manualClock();
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, 'removeEventListener');
    const before = process.listenerCount('exit') + process.listenerCount('SIGINT');

    await run('', { clock, signal });

    expect(clock.pending).toBe(0);
    expect(process.listenerCount('exit') + process.listenerCount('SIGINT')).toBe(before);
    expect(removed).toHaveBeenCalledOnce();
  });
});
