/**
 * Lets two prints of a secret be compared without telling it: a keyed hash, its key drawn once per process,
 * so that a low-entropy value cannot be guessed from a log.
 */

let key: Uint8Array | undefined;

/** Eight hexadecimal digits that are the same for the same secret in this process, and tell nothing else. */
export function fingerprint(secret: string): string {
  const crypto = process.getBuiltinModule('node:crypto');
  key ??= crypto.randomBytes(32);
  return crypto.createHmac('sha256', key).update(secret).digest('hex').slice(0, 8);
}
