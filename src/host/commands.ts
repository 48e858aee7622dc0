/**
 * Runs commands of this machine: without a shell, within a time and a size, and none of their processes is left behind, not even where
 * this process ends first, unless it is killed outright or a worker thread runs the command.
 */
import type { ChildProcess } from 'node:child_process';
import type { Cancel, Clock } from '../base/clock.js';
import { rejectWith } from '../base/reject-with.js';
import { scheduleOn } from '../base/schedule.js';
import { CommandError, startFailure } from './command-error.js';
import { isFile } from './command-file.js';
import { environmentWith } from './env.js';
import { readEnv } from './env.js';
import { endProcesses } from './process-tree.js';
import { startWatched } from './running-commands.js';
import { windowsLaunch, type Launch } from './windows-command.js';

/** Options of {@link runCommand}. */
export interface CommandOptions {
  /** Where time is read. */
  readonly clock: Clock;
  /** How long the command may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends the command, rejecting with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Variables beside those of this process. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether this standard output is all that is wanted of a command that has succeeded. Others may hold the pipe open after it, so that
   * nobody can tell whether more will come.
   * @default never: what holds the pipe is waited for
   */
  readonly isWhole?: ((stdout: string) => boolean) | undefined;
}

/** What a command left when it ended by itself. */
export interface CommandOutcome {
  /** Its exit code; `undefined` where a signal ended it. */
  readonly exitCode: number | undefined;
  /** What it printed on standard output, as UTF-8. */
  readonly stdout: string;
  /** The end of what it printed on standard error, as UTF-8. */
  readonly stderr: string;
}

/** What we read from commands is a hundred times smaller. */
const MAX_STDOUT_CHARS = 1_048_576;
/** The error stands at the end, after any warnings. */
const MAX_STDERR_CHARS = 16_384;
/** Output that was written before the exit is read well within this; after it, only a process that was left behind holds the pipe. */
const LAST_OUTPUT_MS = 1_000;

/**
 * Runs a command to its end, whatever its exit code. It reads no input, and has no terminal to ask on.
 * @param args Each reaches the command as it is: there is no shell.
 * @throws CommandError where it was not found or not started, or was ended for its slowness or the size of its output.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandOutcome> {
  options.signal?.throwIfAborted();
  const { child, release } = startWatched(() => start(command, args, options.environment ?? {}));
  const run = new Run(command, child);
  try {
    return await run.end(options);
  } finally {
    run.release();
    endProcesses(child);
    release();
  }
}

function start(command: string, args: readonly string[], environment: Readonly<Record<string, string>>): ChildProcess {
  const isWindows = process.platform === 'win32';
  const { spawn } = process.getBuiltinModule('node:child_process');
  const launch: Launch = isWindows
    ? windowsLaunch(command, args, { env: readEnv, isFile })
    : { file: command, args, verbatim: false };
  try {
    return spawn(launch.file, launch.args, {
      env: environmentWith(environment),
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
      windowsVerbatimArguments: launch.verbatim,
      // In a group of its own, so that it can be ended with all that it has started.
      detached: !isWindows,
    });
  } catch (error) {
    throw startFailure(command, error);
  }
}

/** One run of a command, from its start on. */
class Run {
  readonly #command: string;
  readonly #child: ChildProcess;
  readonly #hooks: Cancel[] = [];
  #stdout = '';
  #stderr = '';
  #isReleased = false;

  constructor(command: string, child: ChildProcess) {
    this.#command = command;
    this.#child = child;
  }

  end({ clock, timeoutMs, signal, isWhole }: CommandOptions): Promise<CommandOutcome> {
    return new Promise((resolve, reject) => {
      const finish = (): void => resolve(this.#outcome());
      const finishIfWhole = (): void => {
        if (this.#child.exitCode === 0 && isWhole?.(this.#stdout) === true) finish();
      };
      // It stays for good: an 'error' that nobody hears would end this process.
      this.#child.on('error', (error) => reject(startFailure(this.#command, error)));
      this.#child.on('close', finish);
      this.#child.on('exit', () => {
        if (this.#isReleased) return;
        finishIfWhole();
        try {
          this.#hooks.push(scheduleOn(clock, LAST_OUTPUT_MS, finish));
        } catch (error) {
          // It is the clock's, and nobody else would hear it here.
          rejectWith(error, reject);
        }
      });
      this.#read(reject, finishIfWhole);
      this.#hooks.push(
        scheduleOn(clock, timeoutMs, () => reject(tooSlow(timeoutMs))),
        onAbort(signal, reject),
      );
    });
  }

  /** Stops reading and listening to the clock and the signal. */
  release(): void {
    this.#isReleased = true;
    for (const hook of this.#hooks.splice(0)) hook();
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
  }

  #read(reject: (error: Error) => void, onOutput: () => void): void {
    const { stdout, stderr } = this.#child;
    // Where too many files are open there are no streams, although the types know of none such.
    stdout?.setEncoding('utf8').on('error', ignore);
    stderr?.setEncoding('utf8').on('error', ignore);
    stdout?.on('data', (text: string) => {
      if (this.#stdout.length + text.length > MAX_STDOUT_CHARS) return reject(tooMuch());
      this.#stdout += text;
      onOutput();
    });
    stderr?.on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-MAX_STDERR_CHARS);
    });
  }

  #outcome(): CommandOutcome {
    const exitCode = this.#child.exitCode ?? undefined;
    return Object.freeze({ exitCode, stdout: this.#stdout, stderr: this.#stderr });
  }
}

function onAbort(signal: AbortSignal | undefined, reject: (reason: unknown) => void): Cancel {
  const listener = (): void => reject(signal?.reason);
  signal?.addEventListener('abort', listener, { once: true });
  return () => {
    signal?.removeEventListener('abort', listener);
  };
}

function tooSlow(timeoutMs: number): CommandError {
  return new CommandError('timed_out', `The command did not end within ${timeoutMs / 1000} s.`);
}

function tooMuch(): CommandError {
  return new CommandError('too_much_output', 'The command printed more than 1 MiB.');
}

/** What was read so far counts; the end of the command follows. */
function ignore(): void {
  // Nothing is left to do.
}
