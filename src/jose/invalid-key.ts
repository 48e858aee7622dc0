/** Says why a key cannot be used, and what to do, without a character of it. */
import { ConfigurationError } from '../errors.js';

/** The error `invalid_key`: the name of the key, what is wrong with it, and what to do. */
export function invalidKey(where: string, reason: string, remedy: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError('invalid_key', `${where} ${reason}. ${remedy}`, { cause });
}
