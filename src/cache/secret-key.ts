/** Keys for caches that a secret is part of: caches show their keys, and nobody finds a secret by one of these. */

let salt: string | undefined;

/**
 * A key for these parts: the same for the same parts in this process, another for any others, and telling nothing of them.
 * What holds no secret, such as an audience, makes a quicker key by itself: this one takes a microsecond.
 */
export function secretKey(...parts: readonly string[]): string {
  const { hash, randomBytes } = process.getBuiltinModule('node:crypto');
  salt ??= randomBytes(32).toString('hex');
  // As JSON no part can reach into the next.
  return hash('sha256', salt + JSON.stringify(parts), 'base64url');
}
