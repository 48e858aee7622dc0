/**
 * The lock on disk: a directory that holds one entry, named after the holder. Every step is one atomic call that fails
 * where somebody else was quicker: a directory is renamed only over nothing or over an empty one, and an entry is
 * renamed or removed only under the very name that was judged. So no lock is ever deleted for being old, and of two
 * takers one at most wins.
 */
import { fileError, systemCode, unsafeFile } from './file-errors.js';
import { unlessMissing } from './paths.js';
import { holderOf, type LockHolder } from './process-identity.js';

/** Who holds a lock, and when it was last heard of. */
export interface LockEntry {
  /** The entry's name. */
  readonly name: string;
  /** Its time of modification, in milliseconds since the epoch of the holder's clock. */
  readonly heartbeatAt: number;
}

/** How systems say that a directory is in the way: Windows does not tell whether it is empty. */
const IN_THE_WAY = new Set(['EACCES', 'EBUSY', 'EEXIST', 'ENOTEMPTY', 'EPERM']);

/** The entry of the holder, or undefined where nobody holds the lock, or it has just changed hands. */
export async function readLock(lock: string): Promise<LockEntry | undefined> {
  const { readdir, stat } = nodeFiles();
  try {
    const [name] = (await unlessMissing(readdir(lock))) ?? [];
    const stats = name === undefined ? undefined : await unlessMissing(stat(join(lock, name)));
    return name === undefined || stats === undefined ? undefined : { name, heartbeatAt: stats.mtimeMs };
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') throw unsafeFile('write', lock, 'it is in the place of a lock. Move it away');
    throw fileError('read', lock, error);
  }
}

/**
 * Takes a lock that nobody holds. False where somebody does.
 * @throws ConfigurationError where the directory cannot be written to.
 */
export async function takeFree(lock: string, entry: string, now: number): Promise<boolean> {
  const { mkdir, rename, rm } = nodeFiles();
  const prepared = `${lock}.${entry}`;
  try {
    await mkdir(prepared, { mode: 0o700 });
    await createEntry(join(prepared, entry), now);
    // POSIX renames over an empty directory; Windows does not, so that it goes first.
    await removeEmpty(lock);
    await rename(prepared, lock);
    return true;
  } catch (error) {
    const isPrepared =
      (await unlessMissing(nodeFiles().stat(join(prepared, entry))).catch(() => undefined)) !== undefined;
    await rm(prepared, { recursive: true, force: true }).catch(() => undefined);
    if (isPrepared && IN_THE_WAY.has(systemCode(error))) return false;
    throw fileError('write', lock, error);
  }
}

/** Takes a lock over from a holder that was judged dead. False where it has changed meanwhile. */
export async function takeOver(lock: string, from: string, entry: string, now: number): Promise<boolean> {
  try {
    await nodeFiles().rename(join(lock, from), join(lock, entry));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw fileError('write', lock, error);
  }
  return await touch(lock, entry, now);
}

/** Tells that the holder lives. False where it holds the lock no longer, or cannot be sure. */
export async function touch(lock: string, entry: string, now: number): Promise<boolean> {
  try {
    await nodeFiles().utimes(join(lock, entry), now / 1000, now / 1000);
    return true;
  } catch {
    return false;
  }
}

/** Gives the lock back, if it is still ours. */
export async function giveBack(lock: string, entry: string): Promise<void> {
  await nodeFiles()
    .unlink(join(lock, entry))
    .catch(() => undefined);
  await removeEmpty(lock);
}

/** The taker that prepared a directory of this name beside the lock, or undefined where it is none of these. */
export function takerOf(name: string, lock: string): LockHolder | undefined {
  const prefix = `${process.getBuiltinModule('node:path').basename(lock)}.`;
  return name.startsWith(prefix) ? holderOf(name.slice(prefix.length)) : undefined;
}

async function createEntry(path: string, now: number): Promise<void> {
  const { open, utimes } = nodeFiles();
  const handle = await open(path, 'wx', 0o600);
  await handle.close();
  await utimes(path, now / 1000, now / 1000);
}

/** Never harms: a directory that holds an entry is not removed. */
async function removeEmpty(lock: string): Promise<void> {
  await nodeFiles()
    .rmdir(lock)
    .catch(() => undefined);
}

function join(...parts: readonly string[]): string {
  return process.getBuiltinModule('node:path').join(...parts);
}

function nodeFiles(): typeof import('node:fs/promises') {
  return process.getBuiltinModule('node:fs/promises');
}
