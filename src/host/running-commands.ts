/**
 * The commands that run now: where this process ends before them, they are ended with it. They lead groups of their own, which Ctrl-C in
 * a terminal does not reach, and nobody would be left to see to their time.
 */
import type { ChildProcess } from 'node:child_process';
import type { Cancel } from '../base/clock.js';
import { killProcesses } from './process-tree.js';

/** What ends a process without its `exit` event. Windows tells all processes of a console itself. */
const SIGNALS: readonly NodeJS.Signals[] =
  process.platform === 'win32' ? [] : ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'];

const running = new Set<ChildProcess>();

/**
 * Has the command ended where this process ends first, until that is cancelled. The listeners, one of each kind however many commands
 * run, are there for that time only. A process that is killed outright (`SIGKILL`) can end nothing.
 */
export function endWithProcess(child: ChildProcess): Cancel {
  if (running.size === 0) listen();
  running.add(child);
  return () => {
    if (running.delete(child) && running.size === 0) unlisten();
  };
}

function listen(): void {
  process.on('exit', endAll);
  // Before all others: some libraries end the process only where no listener but theirs is left.
  for (const signal of SIGNALS) process.prependListener(signal, onSignal);
}

function unlisten(): void {
  process.removeListener('exit', endAll);
  for (const signal of SIGNALS) process.removeListener(signal, onSignal);
}

function endAll(): void {
  for (const child of running) killProcesses(child);
  running.clear();
  unlisten();
}

/** What the signal does to this process is left to the other listeners, or to the system where there are none. */
function onSignal(signal: NodeJS.Signals): void {
  endAll();
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
