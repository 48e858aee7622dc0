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

/** A command that runs, or is just being started. */
interface Entry {
  child?: ChildProcess;
}

const running = new Set<Entry>();

/** A command that is ended where this process ends first. */
export interface WatchedCommand {
  /** The command. */
  readonly child: ChildProcess;
  /** Leaves it to itself. */
  readonly release: Cancel;
}

/**
 * Starts a command that is ended where this process ends first. The listeners, one of each kind however many commands run, are there
 * until the last is released, and no longer. A process that is killed outright (`SIGKILL`) can end nothing.
 */
export function startWatched(start: () => ChildProcess): WatchedCommand {
  const entry: Entry = {};
  // Before the start: the command may run for a while before we hear that it does.
  if (running.size === 0) listen();
  running.add(entry);
  const release = (): void => {
    if (running.delete(entry) && running.size === 0) unlisten();
  };
  try {
    const child = start();
    entry.child = child;
    return { child, release };
  } catch (error) {
    release();
    throw error;
  }
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
  for (const { child } of running) {
    if (child !== undefined) killProcesses(child);
  }
  running.clear();
  unlisten();
}

/** What the signal does to this process is left to the other listeners, or to the system where there are none. */
function onSignal(signal: NodeJS.Signals): void {
  endAll();
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
