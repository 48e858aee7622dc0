/** Scopes for credentials of any kind, where the kind needs them (google-auth's `with_scopes_if_required`). */
import type { ScopesLike } from '../base/scopes.js';
import type { Credentials } from './credentials.js';

interface Scoped<T> {
  readonly requiresScopes: boolean;
  withScopes(scopes: ScopesLike | undefined, defaultScopes?: ScopesLike): T;
}

/** A copy with these scopes, where the credentials have none and want some; else the very same object. */
export function withScopesIfRequired<T extends Credentials>(
  credentials: T,
  scopes: ScopesLike | undefined,
  defaultScopes?: ScopesLike,
): T {
  if (scopes === undefined && defaultScopes === undefined) return credentials;
  return isScoped(credentials) && credentials.requiresScopes
    ? credentials.withScopes(scopes, defaultScopes)
    : credentials;
}

function isScoped<T extends Credentials>(credentials: T): credentials is T & Scoped<T> {
  return 'requiresScopes' in credentials && typeof Reflect.get(credentials, 'withScopes') === 'function';
}
