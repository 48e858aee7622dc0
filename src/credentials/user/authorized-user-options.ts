/** The options of loading an authorized user, and how they go before what was loaded. */
import { endpointPolicy, type EndpointPolicy } from '../../base/endpoint-policy.js';
import { isObject } from '../../base/is-object.js';
import { judgedOptions, ownOptions } from '../../base/option-record.js';
import { fitting, ofType, optional } from '../../base/option-rules.js';
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
 * The options that the caller's object itself holds. Those of loading are checked here, the others by whoever takes them.
 * @throws TypeError naming the option of loading that is of the wrong type.
 */
export function ownLoadOptions(options: AuthorizedUserFileOptions): Readonly<AuthorizedUserFileOptions> {
  const own = ownOptions<AuthorizedUserFileOptions>(options, LOADING);
  const judged = judgedOptions<AuthorizedUserFileOptions, Pick<AuthorizedUserFileOptions, 'save' | 'endpoints'>>(own, {
    save: optional(ofType('boolean')),
    endpoints: optional(policyOf),
  });
  return ownOptions({ ...own, ...judged }, LOADING);
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
  // A record would be given back as it is, with the options of loading.
  const own = ownOptions<AuthorizedUserInfoOptions>({ ...options }, FROM_CALLER);
  const asked = parseScopes(scopes, 'scopes');
  if (asked === undefined) return { ...read, ...own };
  const unfit = coversScopes(heldScopes(read), asked)
    ? {}
    : { token: undefined, expiry: undefined, grantedScopes: undefined };
  return { ...read, ...unfit, ...own, scopes: asked };
}

/** The scopes of the token that options hold: those that it was granted where that is known, else those that were asked for. */
export function heldScopes({
  grantedScopes,
  scopes,
  defaultScopes,
}: UserCredentialsOptions): readonly string[] | undefined {
  return parseScopes(grantedScopes ?? scopes ?? defaultScopes, 'scopes');
}

function policyOf(value: EndpointPolicy, name: string): EndpointPolicy {
  return endpointPolicy(fitting(value, name, isObject(value), 'an endpoint policy, such as untrustedFile'));
}
