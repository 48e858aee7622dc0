/** What the library says when a file cannot be read or written: the path, the reason, and what to do. */
import { ConfigurationError, type ConfigurationErrorCode } from '../errors.js';

/** What is being done with a file. */
export type FileAction = 'read' | 'write';

/** People put the contents of a key file where its path belongs; contents must not end up in a message. */
const LOOKS_LIKE_CONTENT = /[{\p{Cc}]|-----/u;
const MAX_SHOWN_PATH = 1_024;

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied: check the owner and mode of the file and of its directory',
  EDQUOT: 'the disk quota is used up: free some space',
  EFBIG: 'the file would be larger than allowed: raise the limit',
  EIO: 'the disk reports an error',
  EISDIR: 'it is a directory, not a regular file',
  ELOOP: 'its symbolic links lead in a circle',
  EMFILE: 'too many files are open: raise the limit',
  ENAMETOOLONG: 'the path is too long',
  ENOENT: 'it does not exist: check the path',
  ENOSPC: 'the disk is full: free some space',
  ENOTDIR: 'a part of the path is no directory: check the path',
  ENXIO: 'it is a socket or a device, not a regular file',
  EPERM: 'the operation is not permitted: check the owner and mode of the file and of its directory',
  EROFS: 'the file system is read-only: give a path on a writable one',
};
const TRANSIENT = new Set(['EAGAIN', 'EBUSY', 'EDQUOT', 'EIO', 'EMFILE', 'ENFILE', 'ENOSPC']);

/** The path as it may stand in a message. */
export function shownPath(path: string): string {
  return isShowable(path) ? path : '(a path that looks like the contents of a file)';
}

/** The error for what the file system reported. */
export function fileError(action: FileAction, path: string, cause: unknown): ConfigurationError {
  const system = systemCode(cause);
  const message = `Cannot ${action} ${shownPath(path)}: ${REASONS[system] ?? 'the file system refuses'} (${system}).`;
  // A system error quotes the path.
  const options = { retryable: TRANSIENT.has(system), ...(isShowable(path) ? { cause } : {}) };
  return new ConfigurationError(codeFor(action, system), message, options);
}

/** The error for a file that is refused although the system would allow it. */
export function unsafeFile(action: FileAction, path: string, reason: string): ConfigurationError {
  return new ConfigurationError('file_unsafe', `Refused to ${action} ${shownPath(path)}: ${reason}.`);
}

/** The word by which the system names an error: `ENOENT`. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}

function codeFor(action: FileAction, system: string): ConfigurationErrorCode {
  if (system === 'ENOENT' || system === 'ENOTDIR') return 'file_not_found';
  if (system === 'EISDIR' || system === 'ENXIO') return 'file_unsafe';
  return action === 'read' ? 'file_unreadable' : 'file_unwritable';
}

function isShowable(path: string): boolean {
  return path.length <= MAX_SHOWN_PATH && !LOOKS_LIKE_CONTENT.test(path);
}
