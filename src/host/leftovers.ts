/** Removes what killed processes left beside a file: half-written new contents, and locks that they were about to take. */
import { isOurs, writerOf } from './file-writing.js';
import { takerOf } from './lock-directory.js';
import { fateOf, type LockHolder } from './process-identity.js';

/** Nobody takes this long to write a small file, or to take a lock; it is counted where nothing is known of the process. */
const ABANDONED_MS = 10 * 60_000;

/**
 * Removes what bears one of our own names, belongs to us, and whose process has ended or cannot be seen and has not
 * touched it for ten minutes. It never fails. Call it while the lock is held: then nobody else is writing.
 * @param target The real path of the file.
 * @param now The wall clock, in milliseconds since the epoch.
 */
export async function sweepLeftovers(target: string, lock: string, now: number): Promise<void> {
  const { readdir } = process.getBuiltinModule('node:fs/promises');
  const paths = process.getBuiltinModule('node:path');
  const directory = paths.dirname(target);
  const names = await readdir(directory).catch((): string[] => []);
  const sweepings = names.map(async (name) => {
    const writer = writerOf(name, target);
    const maker = writer ?? takerOf(name, lock);
    const kind = writer === undefined ? 'isDirectory' : 'isFile';
    if (maker !== undefined) await sweep(paths.join(directory, name), maker, kind, now);
  });
  // What cannot be removed now is found again by the next holder of the lock.
  await Promise.allSettled(sweepings);
}

async function sweep(path: string, maker: LockHolder, kind: 'isFile' | 'isDirectory', now: number): Promise<void> {
  const { lstat, rm } = process.getBuiltinModule('node:fs/promises');
  const fate = await fateOf(maker);
  if (fate === 'alive') return;
  const stats = await lstat(path);
  if (!isOurs(stats) || !stats[kind]()) return;
  if (fate === 'dead' || now - stats.mtimeMs > ABANDONED_MS) await rm(path, { recursive: true });
}
