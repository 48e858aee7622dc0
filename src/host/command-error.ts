/** What became of a command that could not be run to its end. Not public: callers say what it means to them. */
import { nameClasses } from '../base/class-name.js';
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

  static {
    nameClasses({ CommandError: this });
  }
}

/** What the system says where the command is not there, or a folder on the `PATH` is none, or may not be looked into. */
const LEADS_NOWHERE = new Set(['EACCES', 'ELOOP', 'ENAMETOOLONG', 'ENOENT', 'ENOTDIR']);
/** What it says too where the command is there, and what is to run it is not. */
const NO_INTERPRETER = new Set(['ENOENT', 'ENOTDIR']);

/** The error for what the system said when this command was to be started. */
export function startFailure(command: string, cause: unknown): CommandError {
  const system = systemCode(cause);
  const file = commandFile(command);
  if (file === undefined && mayBeMissing(command, system)) return notFound(cause);
  if (file !== undefined && NO_INTERPRETER.has(system)) return interpreterMissing(file, cause, system);
  return new CommandError('not_started', `The command could not be started (${system}).`, { cause, system });
}

/** The error for a command that is nowhere on the `PATH`. */
export function notFound(cause?: unknown): CommandError {
  const system = cause === undefined ? 'ENOENT' : systemCode(cause);
  return new CommandError('not_found', 'The command was not found.', { cause, system });
}

/** Of a path, EACCES says that something on the way is there and may not be used; on Windows the file was found before it was started. */
function mayBeMissing(command: string, system: string): boolean {
  const isFound = command.includes('/') || process.platform === 'win32';
  return LEADS_NOWHERE.has(system) && !(system === 'EACCES' && isFound);
}

function interpreterMissing(file: string, cause: unknown, system: string): CommandError {
  const message = `The file ${shownPath(file)} is there, but not the interpreter that its first line names, or the loader that it needs.`;
  return new CommandError('interpreter_not_found', message, { cause, system });
}
