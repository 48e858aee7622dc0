/** The options of loading an authorized user, and how they go before what was loaded. */
import { endpointPolicy } from '../../base/endpoint-policy.js';
import { ownOptions } from '../../base/option-record.js';
import { parseScopes, type ScopesLike } from '../../base/scopes.js';
import { coversScopes } from '../covered-scopes.js';
import { CREDENTIALS_OPTIONS } from '../credentials-options.js';
import type { AuthorizedUserInfoOptions } from './authorized-user-info.js';
import type { UserCredentialsOptions } from './user-options.js';

/** Options of loading an authorized user from a file. */
export interface AuthorizedUserFileOptions extends AuthorizedUserInfoOptions {
  /**
   * Whether new tokens, rotated refresh tokens above all, are written back to the file.
   * @default false
   */
  readonly save?: boolean | undefined;
}

const FROM_CALLER = [...CREDENTIALS_OPTIONS, 'onTokens', 'onWarning', 'refreshHandler', 'account'] as const;
const LOADING = [...FROM_CALLER, 'save', 'endpoints'] as const;

/**
 * The options that the caller's object itself holds, checked.
 * @throws TypeError naming the option of loading that is of the wrong type.
 */
export function ownLoadOptions(options: AuthorizedUserFileOptions): Readonly<AuthorizedUserFileOptions> {
  const own = ownOptions<AuthorizedUserFileOptions>(options, LOADING);
  const { save, endpoints } = own;
  if (save !== undefined && typeof save !== 'boolean') throw new TypeError('"save" must be a boolean');
  if (endpoints !== undefined && (typeof endpoints !== 'object' || endpoints === null)) {
    throw new TypeError('"endpoints" must be an endpoint policy, such as untrustedFile');
  }
  return endpoints === undefined ? own : ownOptions({ ...own, endpoints: endpointPolicy(endpoints) }, LOADING);
}

/**
 * The options of an info with the caller's own in their place. A token that may be for other scopes than the caller names is left out:
 * one more token request is better than a token that cannot do what it is for.
 */
export function withOverrides(
  read: UserCredentialsOptions,
  scopes: ScopesLike | undefined,
  options: AuthorizedUserInfoOptions,
): UserCredentialsOptions {
  const given = FROM_CALLER.filter((name) => Object.hasOwn(options, name) && options[name] !== undefined);
  const own = Object.fromEntries(given.map((name) => [name, options[name]]));
  const asked = parseScopes(scopes, 'scopes');
  if (asked === undefined) return { ...read, ...own };
  const unfit = coversScopes(read, asked) ? {} : { token: undefined, expiry: undefined, grantedScopes: undefined };
  return { ...read, ...unfit, ...own, scopes: asked };
}
