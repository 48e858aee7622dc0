/** Ends a child process together with all that it has started. */
import type { ChildProcess } from 'node:child_process';
import { win32 } from 'node:path';
import { readEnv } from './env.js';

/**
 * Ends what is left of a child, which must lead a group of its own, but for Windows, and no longer waits for it. Where it has ended by
 * itself, what it left behind in its group is ended.
 */
export function endProcesses(child: ChildProcess): void {
  killProcesses(child);
  // A process that cannot be ended, in a driver or on a dead disk, must not hold ours open.
  if (child.pid !== undefined) child.unref();
}

/** The same where somebody still waits to hear of its end. */
export function killProcesses(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') endTree(child, child.pid);
  else endGroup(child.pid);
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nothing of it is left, as is usual.
  }
}

function endTree(child: ChildProcess, pid: number): void {
  // Windows gives a number anew at once: that of a process that has ended may be another's.
  if (child.exitCode !== null || child.signalCode !== null) return;
  const { spawn } = process.getBuiltinModule('node:child_process');
  const taskkill = win32.join(readEnv('SystemRoot') ?? String.raw`C:\Windows`, 'System32', 'taskkill.exe');
  spawn(taskkill, ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true })
    .on('error', () => child.kill())
    .unref();
}
