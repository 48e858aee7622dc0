/** Which scopes a token is for. */
import { missingScopes, parseScopes, type ScopesLike } from '../base/scopes.js';

/**
 * Whether all these scopes are among those that are held.
 * @throws TypeError where the wanted ones are no scopes.
 */
export function coversScopes(held: readonly string[] | undefined, wanted: ScopesLike): boolean {
  return missingScopes(parseScopes(wanted, 'scopes') ?? [], held ?? []).length === 0;
}
