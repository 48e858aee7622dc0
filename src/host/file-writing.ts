/** Writing a file whole or not at all, and only where nobody else could have put it or could exchange it. */
import type { Stats } from 'node:fs';
import { systemCode, unsafeFile } from './file-errors.js';
import { unlessMissing } from './paths.js';
import { entryName, holderOf, newHolder, type LockHolder } from './process-identity.js';

const OWNER_ONLY = 0o600;
const WRITABLE_BY_OTHERS = 0o022;
/** Leaves room for the rest of the temporary name within the 255 bytes that file systems allow. */
const MAX_NAME_CHARS = 48;
const TEMPORARY_SUFFIX = '.tmp';
/** How file systems say that a directory cannot be synced. */
const UNSYNCABLE = new Set(['EACCES', 'EBADF', 'EINVAL', 'EISDIR', 'ENOTSUP', 'EPERM']);

/**
 * Refuses what must not be replaced; `target` is a real path.
 * @throws ConfigurationError `file_unsafe` that says why.
 */
export async function refuseUnsafe(target: string): Promise<void> {
  const { lstat, stat } = nodeFiles();
  const directory = dirnameOf(target);
  const file = await unlessMissing(lstat(target));
  const fault = (file === undefined ? undefined : fileFault(file)) ?? directoryFault(directory, await stat(directory));
  if (fault !== undefined) throw unsafeFile('write', target, fault);
}

/** Writes the text beside the target and renames it over that. A failure removes what was written and leaves the target as it was. */
export async function writeBeside(target: string, text: string): Promise<void> {
  const { open, rename, rm } = nodeFiles();
  const temporary = await temporaryName(target);
  const handle = await open(temporary, createFlags(), OWNER_ONLY);
  try {
    try {
      // The process's umask may have taken bits away.
      await handle.chmod(OWNER_ONLY);
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncDirectoryOf(target);
}

/** The writer of a temporary file of this name for the target, or undefined where it is none. */
export function writerOf(name: string, target: string): LockHolder | undefined {
  const prefix = temporaryPrefix(target);
  if (!name.startsWith(prefix) || !name.endsWith(TEMPORARY_SUFFIX)) return undefined;
  return holderOf(name.slice(prefix.length, -TEMPORARY_SUFFIX.length));
}

/** Whether a file belongs to the user that we run as. */
export function isOurs(file: Stats): boolean {
  return process.geteuid === undefined || file.uid === process.geteuid();
}

function fileFault(file: Stats): string | undefined {
  if (!file.isFile()) return 'it is not a regular file';
  if (file.nlink > 1) return 'it has a second name (hard link), which would keep the old contents';
  return isOurs(file) ? undefined : 'it belongs to another user';
}

function directoryFault(path: string, directory: Stats): string | undefined {
  if (process.geteuid === undefined) return undefined;
  if ((directory.mode & WRITABLE_BY_OTHERS) !== 0)
    return `others may write to its directory. Run: chmod go-w '${path}'`;
  return isOurs(directory) || directory.uid === 0 ? undefined : 'its directory belongs to another user';
}

/** It names its writer, so that what a killed one leaves can be told from what a living one writes. */
async function temporaryName(target: string): Promise<string> {
  const name = `${temporaryPrefix(target)}${entryName(await newHolder())}${TEMPORARY_SUFFIX}`;
  return process.getBuiltinModule('node:path').join(dirnameOf(target), name);
}

function temporaryPrefix(target: string): string {
  // Half of a surrogate pair would come back from the file system as another character.
  const name = process
    .getBuiltinModule('node:path')
    .basename(target)
    .slice(0, MAX_NAME_CHARS)
    .replace(/\p{Cs}$/u, '');
  return `.${name}.`;
}

function createFlags(): number {
  const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = nodeFiles().constants;
  // Windows has no O_NOFOLLOW; O_EXCL alone never opens what is already there.
  return O_WRONLY | O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0);
}

/** Without it a power cut could undo the rename. Windows cannot, and some network file systems refuse. */
async function syncDirectoryOf(target: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await nodeFiles().open(dirnameOf(target), 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!UNSYNCABLE.has(systemCode(error))) throw error;
  }
}

function dirnameOf(target: string): string {
  return process.getBuiltinModule('node:path').dirname(target);
}

function nodeFiles(): typeof import('node:fs/promises') {
  return process.getBuiltinModule('node:fs/promises');
}
