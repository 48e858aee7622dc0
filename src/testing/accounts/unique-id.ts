/** Google's identifiers of accounts: 21 digits. */
import { randomInt } from 'node:crypto';

/** A new identifier. */
export function freshUniqueId(): string {
  return `1${String(randomInt(10 ** 14)).padStart(20, '0')}`;
}
