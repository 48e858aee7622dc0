import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { entryName, fateOf, holderOf, newHolder, type LockHolder } from '../../src/host/process-identity.js';
import { ELSEWHERE } from '../fixtures/lock-left.js';
import { needsLinux } from '../fixtures/needs.js';
import { firstOutputOf } from './holder.js';

describe('newHolder', () => {
  test('It names this process, and differs at every taking', async () => {
    const first = await newHolder();
    const second = await newHolder();

    expect(first).toMatchObject({ pid: process.pid, host: second.host, birth: second.birth });
    expect(first.id).not.toBe(second.id);
  });
});

describe('entryName', () => {
  test('It reads back as the holder, and stands in a file name', async () => {
    const holder = await newHolder();

    const name = entryName(holder);

    expect(holderOf(name)).toEqual(holder);
    expect(name).toMatch(/^[0-9a-f-]{1,100}$/);
  });

  test.each(['', 'tokens.json', '.nfs0001', '0123456789abcdef-1-1-', '../../etc/passwd'])(
    'Other names name no holder: "%s"',
    (name) => {
      expect(holderOf(name)).toBeUndefined();
    },
  );
});

describe('fateOf', () => {
  test('F63 A living process is alive', async (context) => {
    needsLinux(context);

    expect(await fateOf(await newHolder())).toBe('alive');
  });

  test('F63 A process that has ended is dead', async () => {
    const ended = { ...(await newHolder()), pid: spawnSync(process.execPath, ['--version']).pid };

    expect(await fateOf(ended)).toBe('dead');
  });

  test('F63 A process whose id another one has now is dead', async (context) => {
    needsLinux(context);

    const self = await newHolder();

    expect(await fateOf({ ...self, birth: self.birth - 1 })).toBe('dead');
  });

  test('F63 A process that was killed and not yet collected is dead', async (context) => {
    needsLinux(context);

    const parent = spawn('bash', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: 'pipe' });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const killed = await uncollectedChildOf(parent);

    expect(await fateOf({ ...(await newHolder()), ...killed })).toBe('dead');
  });

  test('F63 Where the system does not tell when a process began, it is in doubt', async () => {
    expect(await fateOf({ ...(await newHolder()), birth: 0 })).toBe('doubtful');
  });

  test('F63 Of a process on another machine, or in another name space, nothing is known', async () => {
    const ended = { ...(await newHolder()), pid: spawnSync(process.execPath, ['--version']).pid };

    expect(await fateOf({ ...ended, host: ELSEWHERE })).toBe('elsewhere');
  });
});

/** Kills the child whose id the parent has printed, once the parent is a program that collects nobody. */
async function uncollectedChildOf(parent: ChildProcessWithoutNullStreams): Promise<Pick<LockHolder, 'pid' | 'birth'>> {
  let output = '';
  parent.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await firstOutputOf(parent);
  const pid = Number(output);
  await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8')).toBe('sleep\n');
  process.kill(pid, 'SIGKILL');
  const stat = (): string[] => readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ');
  await expect.poll(() => stat()[2]).toBe('Z');
  return { pid, birth: Number(stat()[21]) };
}
