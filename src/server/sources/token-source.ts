/** Where the tokens of a token server come from, as users write it. */
import type { ScopesLike } from '../../base/scopes.js';
import type { Credentials } from '../../credentials/credentials.js';
import type { ServiceAccountInfo } from '../../credentials/service-account/service-account-info.js';
import type { AuthorizedUserInfo } from '../../credentials/user/authorized-user-info.js';
import type { AccessToken } from '../../tokens/access-token.js';
import type { TokenSet } from '../../tokens/token-set.js';
import type { Transport } from '../../transport/transport.js';

/** A token as text, with its end. */
export interface BareToken {
  /** The access token. */
  readonly token: string;
  /** When it ends. */
  readonly expiry: Date;
}

/** What a {@link TokenFunction} gives: a token with its end. An `AccessToken` without an end never expires. */
export type SourcedToken = AccessToken | TokenSet | BareToken;

/**
 * Gets a token from anywhere.
 * @param request Sends HTTP with this library's timeouts and retries.
 * @param options `signal` aborts when the refresh's time is up.
 */
export type TokenFunction = (
  request: Transport,
  options: { readonly signal: AbortSignal },
) => Promise<SourcedToken> | SourcedToken;

/** A service account's key. */
export interface ServiceAccountSource {
  /** What the key file holds. */
  readonly serviceAccount: ServiceAccountInfo;
  /**
   * The scopes to ask for.
   * @default `scopes` of the server's options, else cloud-platform
   */
  readonly scopes?: ScopesLike | undefined;
  /**
   * Claims: `scope` instead of the scopes, `sub` for the user to act for, `target_audience` for an ID token, which has neither, and
   * others, which are added.
   */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  /**
   * The token endpoint.
   * @default what the key file says
   */
  readonly url?: string | undefined;
}

/** A user's refresh token. */
export interface RefreshTokenSource {
  /** What an `authorized_user` file holds: `refresh_token`, `client_id`, `client_secret` and what else it names. */
  readonly refreshToken: AuthorizedUserInfo;
}

/** The metadata server of the machine. */
export interface MetadataSource {
  /** What to ask it for. */
  readonly metadata: {
    /**
     * The service account.
     * @default 'default'
     */
    readonly account?: string | undefined;
    /**
     * Where the metadata server answers: `http://` and a host.
     * @default what the environment says, else `http://metadata.google.internal`
     */
    readonly url?: string | undefined;
    /** For whom the token is: it is an ID token then. */
    readonly audience?: string | undefined;
  };
}

/** Where tokens come from: credentials of any kind, a function, or what to make credentials of. */
export type TokenSource = Credentials | TokenFunction | ServiceAccountSource | RefreshTokenSource | MetadataSource;
