/** Writing a file whole or not at all, and only where nobody else could have put it or could exchange it. */
import type { Stats } from 'node:fs';
import { systemCode, unsafeFile } from './file-errors.js';
import { unlessMissing } from './paths.js';

const OWNER_ONLY = 0o600;
const WRITABLE_BY_OTHERS = 0o022;
/** Leaves room for the rest of the temporary name within the 255 bytes that file systems allow. */
const MAX_NAME_CHARS = 48;
/** How file systems say that a directory cannot be synced. */
const UNSYNCABLE = new Set(['EACCES', 'EBADF', 'EINVAL', 'EISDIR', 'ENOTSUP', 'EPERM']);

/**
 * Refuses what must not be replaced; `target` is a real path.
 * @throws ConfigurationError `file_unsafe` that says why.
 */
export async function refuseUnsafe(target: string): Promise<void> {
  const { lstat, stat } = nodeFiles();
  const directory = process.getBuiltinModule('node:path').dirname(target);
  const file = await unlessMissing(lstat(target));
  const fault = (file === undefined ? undefined : fileFault(file)) ?? directoryFault(directory, await stat(directory));
  if (fault !== undefined) throw unsafeFile('write', target, fault);
}

/** Writes the text beside the target and renames it over that. A failure removes what was written and leaves the target as it was. */
export async function writeBeside(target: string, text: string): Promise<void> {
  const { open, rename, rm } = nodeFiles();
  const temporary = temporaryName(target);
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

function isOurs(file: Stats): boolean {
  return process.geteuid === undefined || file.uid === process.geteuid();
}

function temporaryName(target: string): string {
  const paths = process.getBuiltinModule('node:path');
  const id = process.getBuiltinModule('node:crypto').randomUUID();
  return paths.join(paths.dirname(target), `.${paths.basename(target).slice(0, MAX_NAME_CHARS)}.${id}.tmp`);
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
    const handle = await nodeFiles().open(process.getBuiltinModule('node:path').dirname(target), 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!UNSYNCABLE.has(systemCode(error))) throw error;
  }
}

function nodeFiles(): typeof import('node:fs/promises') {
  return process.getBuiltinModule('node:fs/promises');
}
