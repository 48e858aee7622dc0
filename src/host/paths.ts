/** Paths as they are given, and the real places that they lead to. */
import { systemCode } from './file-errors.js';

/**
 * The path as a string.
 * @throws TypeError where it is neither a path nor a `file:` URL.
 */
export function pathOf(path: unknown): string {
  const name =
    path instanceof URL && path.protocol === 'file:' ? process.getBuiltinModule('node:url').fileURLToPath(path) : path;
  if (typeof name === 'string' && name !== '' && !name.includes('\0')) return name;
  throw new TypeError('"path" must be a non-empty string or a file: URL');
}

/** Where the file really is, all symbolic links resolved. It need not exist, but its directory must. */
export async function realTarget(path: string): Promise<string> {
  const { lstat, realpath } = process.getBuiltinModule('node:fs/promises');
  const paths = process.getBuiltinModule('node:path');
  // A link that leads nowhere is an error: what it names was never ours to create.
  if ((await unlessMissing(lstat(path))) !== undefined) return await realpath(path);
  return paths.join(await realpath(paths.dirname(path)), paths.basename(path));
}

/** What the call gives, or undefined where the file does not exist. */
export async function unlessMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
