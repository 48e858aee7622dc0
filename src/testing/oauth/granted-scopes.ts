/** Which scopes a token gets: those asked for, as far as the user has consented to them (RFC 6749 §6). */
import { Refusal } from './refusal.js';

/**
 * Narrows `requested` to `consented`, as Google does; nothing requested means everything consented to.
 * @throws a `Refusal` `invalid_scope` where nothing is left.
 */
export function narrowScopes(requested: string | undefined, consented: readonly string[]): readonly string[] {
  const asked = new Set(requested?.split(' ').filter((scope) => scope !== ''));
  if (asked.size === 0) return consented;
  const granted = consented.filter((scope) => asked.has(scope));
  if (granted.length > 0) return granted;
  throw new Refusal('invalid_scope', 'None of the requested scopes has been granted by the user.');
}
