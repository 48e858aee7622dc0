import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { endProcesses, killProcesses } from '../../src/host/process-tree.js';
import { needsPosix } from '../fixtures/needs.js';
import { expectEnded, isRunning } from '../fixtures/processes.js';

async function firstLineOf(child: ChildProcess): Promise<string> {
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return line.toString();
}

describe('endProcesses', () => {
  beforeEach(needsPosix);

  test('A child is ended together with what it has started', async () => {
    const child = spawn('sh', ['-c', 'sleep 60 & echo $!; wait'], { detached: true });
    const grandchild = Number(await firstLineOf(child));
    expect(isRunning(grandchild)).toBe(true);

    endProcesses(child);

    await expectEnded(child.pid!);
    await expectEnded(grandchild);
  });

  test('A child that has ended by itself leaves nothing behind in its group', async () => {
    const child = spawn('sh', ['-c', 'sleep 60 & echo $!'], { detached: true });
    const exited = once(child, 'exit');
    const grandchild = Number(await firstLineOf(child));
    await exited;

    endProcesses(child);

    await expectEnded(grandchild);
  });

  test('A child that never started, or is gone with all of its own, is no trouble', async () => {
    const never = spawn('/nonexistent/command', { detached: true });
    await once(never, 'error');
    const gone = spawn('true', { detached: true });
    await once(gone, 'close');

    expect(() => {
      endProcesses(never);
      endProcesses(gone);
    }).not.toThrow();
  });
});

describe('killProcesses', () => {
  beforeEach(needsPosix);

  test('The end of the child, and of what it has started, can still be waited for', async () => {
    const child = spawn('sh', ['-c', 'sleep 60 & echo $!; wait'], { detached: true });
    const grandchild = Number(await firstLineOf(child));
    const exited = once(child, 'exit');
    const unref = vi.spyOn(child, 'unref');

    killProcesses(child);

    expect(await exited).toEqual([null, 'SIGKILL']);
    expect(unref).not.toHaveBeenCalled();
    await expectEnded(grandchild);
  });
});
