/**
 * How a command is started on Windows: found on the `PATH` by us, and a batch file given to `cmd.exe`, since Node refuses to start
 * one by itself (CVE-2024-27980).
 */
import { win32 } from 'node:path';
import { CommandError, notFound } from './command-error.js';

/** What is handed to the system. */
export interface Launch {
  /** The program. */
  readonly file: string;
  /** Its arguments. */
  readonly args: readonly string[];
  /** Whether they are one command line already, in which nothing is to be quoted. */
  readonly verbatim: boolean;
}

/** What finding a command needs to know of the machine. */
export interface WindowsHost {
  /** An environment variable; `undefined` where it is unset or empty. */
  env(name: string): string | undefined;
  /** Whether there is a file at this path. */
  isFile(path: string): boolean;
}

const PROGRAMS = ['.com', '.exe'];
const BATCH_FILES = ['.cmd', '.bat'];
const EXTENSIONS = [...PROGRAMS, ...BATCH_FILES];
/** cmd.exe reads its line twice, and no way of quoting is safe for everything: whatever could be read as more than itself is refused. */
const PLAIN_ARGUMENT = /^[\w@.,=:/+' -]+$/;
/** Within quotes these alone still mean something; the rest of a path is only a path. */
const UNQUOTABLE = /["%!\p{Cc}]/u;

/**
 * Finds the command and says how to start it.
 * @throws CommandError `not_found`; or `not_started` for what cannot be said to cmd.exe safely.
 */
export function windowsLaunch(command: string, args: readonly string[], host: WindowsHost): Launch {
  const file = candidates(command, host).find((path) => host.isFile(path));
  if (file === undefined) throw notFound();
  return BATCH_FILES.includes(extensionOf(file)) ? batchLaunch(file, args, host) : { file, args, verbatim: false };
}

/** The folder that we are in is not searched, as cmd.exe would: anybody may have put a file there. */
function candidates(command: string, host: WindowsHost): readonly string[] {
  const names = EXTENSIONS.includes(extensionOf(command))
    ? [command]
    : EXTENSIONS.map((extension) => command + extension);
  if (/[\\/:]/.test(command)) return names;
  const folders = (host.env('PATH') ?? '').split(';').map((folder) => folder.replaceAll('"', ''));
  return folders
    .filter((folder) => win32.isAbsolute(folder))
    .flatMap((folder) => names.map((name) => win32.join(folder, name)));
}

function batchLaunch(file: string, args: readonly string[], host: WindowsHost): Launch {
  if (UNQUOTABLE.test(file) || !args.every((arg) => PLAIN_ARGUMENT.test(arg)))
    throw new CommandError('not_started', 'The command line holds characters that cmd.exe would read as its own.');
  const line = [file, ...args].map((word) => `"${word}"`).join(' ');
  const shell = win32.join(host.env('SystemRoot') ?? String.raw`C:\Windows`, 'System32', 'cmd.exe');
  // Without AutoRun commands (/d) and `!` variables (/v:off); /s takes away the outer quotes and nothing else.
  return { file: shell, args: ['/d', '/v:off', '/s', '/c', `"${line}"`], verbatim: true };
}

function extensionOf(path: string): string {
  return win32.extname(path).toLowerCase();
}
