/** What became of a command that could not be run to its end. Not public: callers say what it means to them. */
import { commandFile } from './command-file.js';
import { shownPath, systemCode } from './file-errors.js';

/** How a command fails before it has an exit code. */
export type CommandFault = 'interpreter_not_found' | 'not_found' | 'not_started' | 'timed_out' | 'too_much_output';

/** A command was not found, could not be started, or was ended by us. */
export class CommandError extends Error {
  /** What happened. */
  readonly fault: CommandFault;
  /** The system's word for it, such as `EACCES`, where it has one. */
  readonly system: string | undefined;

  constructor(fault: CommandFault, message: string, options: { cause?: unknown; system?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CommandError';
    this.fault = fault;
    this.system = options.system;
  }
}

/** The error for what the system said when this command was to be started. */
export function startFailure(command: string, cause: unknown): CommandError {
  const system = systemCode(cause);
  if (system === 'ENOENT') return somethingMissing(command, cause);
  return new CommandError('not_started', `The command could not be started (${system}).`, { cause, system });
}

/** The error for a command that is nowhere on the `PATH`. */
export function notFound(cause?: unknown): CommandError {
  return new CommandError('not_found', 'The command was not found.', { cause, system: 'ENOENT' });
}

/** The system says the same where the command is there, and what is to run it is not. */
function somethingMissing(command: string, cause: unknown): CommandError {
  const file = commandFile(command);
  if (file === undefined) return notFound(cause);
  const message = `The file ${shownPath(file)} is there, but not the interpreter that its first line names, or the loader that it needs.`;
  return new CommandError('interpreter_not_found', message, { cause, system: 'ENOENT' });
}
