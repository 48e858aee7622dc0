/** The options of user credentials. */
import { requireHeaderSafe } from '../../base/header-value.js';
import { judgedOptions, namesOf, ownOptions } from '../../base/option-record.js';
import { ofType, optional, requireEndpoint } from '../../base/option-rules.js';
import { parseScopes, type ScopesLike } from '../../base/scopes.js';
import type { TokenSet } from '../../tokens/token-set.js';
import type { Transport } from '../../transport/transport.js';
import { clockOf, credentialsRules, type CredentialsOptions, type CredentialsWarning } from '../credentials-options.js';
import { requireDate } from '../expiry.js';
import type { AuthorizedUserFile } from './authorized-user-file.js';
import { userKeepers, type UserKeepers } from './user-keepers.js';

/** What a refresh handler gives. */
export interface RefreshHandlerResult {
  /** The access token: visible ASCII. */
  readonly token: string;
  /** When it ends; it must not be past. */
  readonly expiry: Date;
}

/**
 * Gets an access token from somewhere else: a token broker, another process, a person.
 * @param request Sends HTTP with this library's timeouts and retries.
 * @param scopes The scopes wanted; `undefined` where none were named.
 */
export type RefreshHandler = (
  request: Transport,
  scopes: readonly string[] | undefined,
) => Promise<RefreshHandlerResult> | RefreshHandlerResult;

/** Told once per mint, for instance to store a rotated refresh token. */
export type TokensListener = (tokens: TokenSet, details: { readonly rotated: boolean }) => Promise<void> | void;

/** Options of `UserCredentials`, by google-auth's names. */
export interface UserCredentialsOptions extends CredentialsOptions {
  /** An access token held from the start. */
  readonly token?: string | undefined;
  /** When that token ends; left out where it never does. */
  readonly expiry?: Date | undefined;
  /** The refresh token. */
  readonly refreshToken?: string | undefined;
  /** The ID token that came with the access token. */
  readonly idToken?: string | undefined;
  /** The token endpoint: https, or http on loopback. */
  readonly tokenUri?: string | undefined;
  /**
   * The revocation endpoint (RFC 7009).
   * @default `revoke` beside the token endpoint, as Google has it
   */
  readonly revokeUri?: string | undefined;
  /** The OAuth client that the refresh token was issued to. */
  readonly clientId?: string | undefined;
  /** That client's secret. */
  readonly clientSecret?: string | undefined;
  /** The scopes to ask for: a list, or a space-separated string. */
  readonly scopes?: ScopesLike | undefined;
  /** The scopes to ask for where `scopes` is left out; set by libraries, not by people. */
  readonly defaultScopes?: ScopesLike | undefined;
  /** The scopes that the held token was granted. */
  readonly grantedScopes?: ScopesLike | undefined;
  /** Google's reauthentication proof token. */
  readonly raptToken?: string | undefined;
  /** Stands in where there is no refresh token. */
  readonly refreshHandler?: RefreshHandler | undefined;
  /**
   * Accepted for google-auth's sake; reauthentication always ends in a `RefreshError` `reauth_required`.
   * @default false
   */
  readonly enableReauthRefresh?: boolean | undefined;
  /**
   * The user's account, as a label.
   * @default ''
   */
  readonly account?: string | undefined;
  /**
   * Told once per mint; awaited, for ten seconds at most, before callers see a rotated refresh token. It must not wait for these
   * credentials, which may be waiting for it.
   */
  readonly onTokens?: TokensListener | undefined;
  /** Told of what is no error but should be looked at, such as scopes that were not granted. */
  readonly onWarning?: ((warning: CredentialsWarning) => void) | undefined;
  /** @internal The file they were loaded from. */
  readonly file?: AuthorizedUserFile | undefined;
}

/** The options as they are kept. The token and the refresh token are not among them: they live in the cell and in the grant. */
export interface UserCredentialsRecord extends Omit<UserCredentialsOptions, 'token' | 'expiry' | 'refreshToken'> {
  readonly scopes?: readonly string[] | undefined;
  readonly defaultScopes?: readonly string[] | undefined;
  readonly grantedScopes?: readonly string[] | undefined;
  /** Who is told of new tokens, where somebody is. Copies share them. */
  readonly keepers?: UserKeepers | undefined;
}

/** The options as they are given, and checked. */
type OwnUserOptions = Pick<UserCredentialsOptions, 'token' | 'expiry' | 'refreshToken'> &
  Omit<UserCredentialsRecord, 'keepers'>;

/**
 * A frozen, checked copy of what the caller's object itself holds: what a polluted prototype supplies is not taken.
 * @throws TypeError naming the option that is of the wrong type.
 * @throws ConfigurationError `endpoint_refused` for an endpoint that tokens must not be sent to.
 */
export function ownUserOptions(options: UserCredentialsOptions): Readonly<OwnUserOptions> {
  return judgedOptions<UserCredentialsOptions, OwnUserOptions>(options, {
    token: optional((value, name) => requireHeaderSafe(ofType('string')(value, name), name)),
    refreshToken: optional(ofType('string')),
    expiry: optional(requireDate),
    idToken: optional(ofType('string')),
    clientId: optional(ofType('string')),
    clientSecret: optional(ofType('string')),
    raptToken: optional(ofType('string')),
    account: optional(ofType('string')),
    refreshHandler: optional(ofType('function')),
    onTokens: optional(ofType('function')),
    onWarning: optional(ofType('function')),
    enableReauthRefresh: optional(ofType('boolean')),
    scopes: parseScopes,
    defaultScopes: parseScopes,
    grantedScopes: parseScopes,
    tokenUri: optional(requireEndpoint),
    revokeUri: optional(requireEndpoint),
    file: (file) => file,
    ...credentialsRules(),
  });
}

/**
 * The options as they are kept.
 * @param own As {@link ownUserOptions} gives them.
 * @param from The options of the original, where this is a copy: who is told of new tokens is shared.
 */
export function userOptions(own: OwnUserOptions, from?: UserCredentialsRecord): Readonly<UserCredentialsRecord> {
  // A copy shares who is told of new tokens; but the file is for the tokens of its own server.
  const isForeign = from !== undefined && from.tokenUri !== own.tokenUri;
  const file = isForeign ? undefined : own.file;
  const isShared = from !== undefined && !isForeign;
  const keepers = isShared ? from.keepers : userKeepers({ file, onTokens: own.onTokens }, clockOf(own));
  const kept = { ...own, token: undefined, expiry: undefined, refreshToken: undefined, file, keepers };
  return ownOptions(kept, namesOf(kept));
}
