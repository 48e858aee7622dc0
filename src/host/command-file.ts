/** The file that a command is, found as the system finds it. */
import { delimiter, join } from 'node:path';
import { readEnv } from './env.js';

/** The first file of this name on the `PATH`, or the file at this path; `undefined` where there is none. */
export function commandFile(command: string): string | undefined {
  if (command.includes('/')) return isFile(command) ? command : undefined;
  const folders = (readEnv('PATH') ?? '').split(delimiter);
  return folders.map((folder) => join(folder, command)).find((path) => isFile(path));
}

/** Whether there is a file at this path, and no folder. */
export function isFile(path: string): boolean {
  try {
    return process.getBuiltinModule('node:fs').statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    // A part of the path is no folder, or may not be looked into.
    return false;
  }
}
