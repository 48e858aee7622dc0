/** The door to the file system: small files are read with care, and replaced whole or not at all. */
import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { ConfigurationError } from '../errors.js';
import { fileError, shownPath, unsafeFile } from './file-errors.js';
import { refuseUnsafe, writeBeside } from './file-writing.js';
import { pathOf, realTarget } from './paths.js';

/** No credential file comes near it; whatever is larger is no credential file. */
const MAX_FILE_BYTES = 1_048_576;

/**
 * The text of a small file, without a byte order mark. Symbolic links are followed to a regular file of at most 1 MiB in
 * UTF-8; a directory, FIFO, socket or device is refused, and never waited for.
 * @throws ConfigurationError `file_not_found`, `file_unreadable` or `file_unsafe`, naming the path and what to do.
 */
export async function readSmallFile(path: string | URL): Promise<string> {
  const name = pathOf(path);
  const { open, constants } = nodeFiles();
  try {
    // A FIFO without a writer would hold a blocking open for ever, and a terminal would become ours. Windows has neither flag.
    const handle = await open(name, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0));
    try {
      return decode(await readWhole(handle, name), name);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof ConfigurationError ? error : fileError('read', name, error);
  }
}

/**
 * Replaces the contents of a file, or creates it with mode 0600. The text is written beside the real path, synced, and
 * renamed over it: a failure leaves the old file whole, and whoever reads meanwhile sees the old or the new text.
 * On Windows neither the owner, nor the mode, nor who may write to the directory is checked, and the rename is not
 * synced: keep such files where only their user can write.
 * @throws ConfigurationError `file_unsafe` for a file that is not ours, not regular or has a second hard link, and for a
 * directory that is not ours or that others may write to; `file_unwritable` or `file_not_found` for what the system reports.
 */
export async function replaceFile(path: string | URL, text: string): Promise<void> {
  const name = pathOf(path);
  try {
    const target = await realTarget(name);
    await refuseUnsafe(target);
    await writeBeside(target, text);
  } catch (error) {
    throw error instanceof ConfigurationError ? error : fileError('write', name, error);
  }
}

async function readWhole(handle: FileHandle, name: string): Promise<Buffer> {
  const stats = await handle.stat();
  if (!stats.isFile()) throw unsafeFile('read', name, `${kindOf(stats)}, not a regular file`);
  // The size may be wrong (0 in /proc) or change, so that what is read is counted.
  const buffer = Buffer.allocUnsafe(MAX_FILE_BYTES + 1);
  let length = 0;
  while (length <= MAX_FILE_BYTES) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
    if (bytesRead === 0) return buffer.subarray(0, length);
    length += bytesRead;
  }
  throw unsafeFile('read', name, 'it is larger than 1 MiB, which no credential file is');
}

function decode(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigurationError(
      'file_unreadable',
      `Cannot read ${shownPath(name)}: it is not UTF-8 text. Save it as UTF-8.`,
    );
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'it is a directory';
  return stats.isFIFO() ? 'it is a FIFO' : 'it is a socket or a device';
}

/** Loaded on first use: an import must stay cheap. */
function nodeFiles(): typeof import('node:fs/promises') {
  return process.getBuiltinModule('node:fs/promises');
}
