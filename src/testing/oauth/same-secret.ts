/** Compares a secret that somebody sent with the one that is known, in a time that tells nothing of either. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether both are the same text. Digests are compared, since texts of another length would be told by the time too. */
export function isSameSecret(sent: string, known: string): boolean {
  return timingSafeEqual(digest(sent), digest(known));
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
