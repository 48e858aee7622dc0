/** Which scopes a token is for. */
import { missingScopes, parseScopes, type ScopesLike } from '../base/scopes.js';

/** The scopes that credentials, or their options, name. */
export interface NamedScopes {
  readonly grantedScopes?: ScopesLike | undefined;
  readonly scopes?: ScopesLike | undefined;
  readonly defaultScopes?: ScopesLike | undefined;
}

/** Whether a token is for all these scopes: what it was granted where that is known, else what was asked for. */
export function coversScopes({ grantedScopes, scopes, defaultScopes }: NamedScopes, wanted: ScopesLike): boolean {
  const held = parseScopes(grantedScopes ?? scopes ?? defaultScopes, 'scopes') ?? [];
  return missingScopes(parseScopes(wanted, 'scopes') ?? [], held).length === 0;
}
