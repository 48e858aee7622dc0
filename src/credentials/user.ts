/** Credentials of a person: a refresh token, or a handler that stands in for one (google-auth's `oauth2.credentials.Credentials`). */
import { abandonable } from '../base/abandonable.js';
import { nameClass } from '../base/class-name.js';
import { FirstUse } from '../base/first-use.js';
import { missingScopes, parseScopes, type ScopesLike } from '../base/scopes.js';
import { DEFAULT_UNIVERSE_DOMAIN } from '../google/well-known.js';
import { AccessToken } from '../tokens/access-token.js';
import { Grant } from '../tokens/grant.js';
import { TokenCell } from '../tokens/token-cell.js';
import { TokenSet } from '../tokens/token-set.js';
import type { RequestLike, Transport } from '../transport/transport.js';
import {
  readAuthorizedUserInfo,
  writeAuthorizedUserInfo,
  type AuthorizedUserInfo,
  type AuthorizedUserInfoOptions,
} from './authorized-user-info.js';
import { ownLoadOptions, withOverrides, type AuthorizedUserFileOptions } from './authorized-user-options.js';
import { throwIfAborted, type CallOptions } from './call-options.js';
import { Credentials, type CredentialInfo } from './credentials.js';
import { clockOf } from './credentials-options.js';
import { expiresAtOf } from './expiry.js';
import { keepersOf, type TokenKeeper } from './token-keeper.js';
import { otherUniverse, revokedError } from './user-errors.js';
import {
  ownUserOptions,
  userOptions,
  type RefreshHandler,
  type UserCredentialsOptions,
  type UserCredentialsRecord,
} from './user-options.js';

const USER_REFRESH = new FirstUse(() => import('./user-refresh.js'));
const USER_HANDLER = new FirstUse(() => import('./user-handler.js'));

/**
 * Credentials of a person. A refresh token is spent at the token endpoint; without one a refresh handler is asked.
 *
 * @example
 * ```ts
 * const credentials = await UserCredentials.fromAuthorizedUserFile('authorized_user.json');
 * const headers: Record<string, string> = {};
 * await credentials.beforeRequest(undefined, 'GET', 'https://www.googleapis.com/drive/v3/files', headers);
 * ```
 */
export class UserCredentials extends Credentials {
  readonly #options: Readonly<UserCredentialsRecord>;
  readonly #cell: TokenCell;
  readonly #grant: Grant;
  readonly #keepers: readonly TokenKeeper[];

  /**
   * @param options By google-auth's names; copied and frozen.
   * @param from The credentials that these are a copy of: its refresh token is shared, so that no copy misses a rotation.
   * @param keepsToken Whether the token means the same in the copy, so that it is shared too.
   * @throws TypeError for an option of the wrong type.
   * @throws ConfigurationError `endpoint_refused` for an endpoint that tokens must not be sent to.
   */
  constructor(options: UserCredentialsOptions, from?: UserCredentials, keepsToken = true) {
    const given = ownUserOptions(options);
    const record = userOptions(given);
    // An empty one is what an unset variable leaves.
    const grant =
      from === undefined ? new Grant(given.refreshToken === '' ? undefined : given.refreshToken) : from.#grant;
    const cell =
      from === undefined || !keepsToken
        ? newCell(record, grant, from === undefined ? given : {})
        : from.#cellFor(record);
    super(record, cell);
    this.#options = record;
    this.#cell = cell;
    this.#grant = grant;
    this.#keepers = from === undefined ? keepersOf(record, clockOf(record)) : from.#keepers;
    if (new.target === UserCredentials) Object.freeze(this);
  }

  /**
   * Loads an `authorized_user` file, such as gcloud's `application_default_credentials.json`.
   * @param path The file; it is read once, and written only with `save`.
   * @param scopes The scopes to ask for, instead of those that the file names.
   * @throws ConfigurationError that says which field of which file is wrong, and what to do.
   */
  static async fromAuthorizedUserFile(
    path: string | URL,
    scopes?: ScopesLike,
    options: AuthorizedUserFileOptions = {},
  ): Promise<UserCredentials> {
    const { loadAuthorizedUserFile } = await import('./authorized-user-file.js');
    return new UserCredentials(await loadAuthorizedUserFile(path, scopes, options));
  }

  /**
   * Makes credentials of the contents of an `authorized_user` file.
   * @param scopes The scopes to ask for, instead of those that the info names.
   * @throws ConfigurationError that says which field is wrong, and what to do.
   */
  static fromAuthorizedUserInfo(
    info: AuthorizedUserInfo,
    scopes?: ScopesLike,
    options: AuthorizedUserInfoOptions = {},
  ): UserCredentials {
    const own = ownLoadOptions(options);
    const context = { where: 'the authorized user info', endpoints: own.endpoints, now: clockOf(own).now() };
    return new UserCredentials(withOverrides(readAuthorizedUserInfo(info, context), scopes, own));
  }

  /** The refresh token to be spent next: the newest one that was issued. This reveals the secret. */
  get refreshToken(): string | undefined {
    return this.#grant.refreshToken;
  }

  /** The ID token that came with the current access token. This reveals the secret. */
  get idToken(): string | undefined {
    return this.#cell.tokens === undefined ? this.#options.idToken : this.#cell.tokens.idToken;
  }

  /** The token endpoint. */
  get tokenUri(): string | undefined {
    return this.#options.tokenUri;
  }

  /** The OAuth client. */
  get clientId(): string | undefined {
    return this.#options.clientId;
  }

  /** The client's secret. This reveals the secret. */
  get clientSecret(): string | undefined {
    return this.#options.clientSecret;
  }

  /** The scopes that are asked for. */
  get scopes(): readonly string[] | undefined {
    return this.#options.scopes;
  }

  /** The scopes that are asked for where {@link UserCredentials.scopes} is undefined. */
  get defaultScopes(): readonly string[] | undefined {
    return this.#options.defaultScopes;
  }

  /** The scopes that the current token was granted, where that is known. */
  get grantedScopes(): readonly string[] | undefined {
    return this.#cell.tokens?.grantedScopes ?? this.#options.grantedScopes;
  }

  /** Google's reauthentication proof token. This reveals the secret. */
  get raptToken(): string | undefined {
    return this.#cell.tokens?.raptToken ?? this.#options.raptToken;
  }

  /** The user's account, as a label; empty where it is not known. */
  get account(): string {
    return this.#options.account ?? '';
  }

  /** The handler that is asked where there is no refresh token. */
  get refreshHandler(): RefreshHandler | undefined {
    return this.#options.refreshHandler;
  }

  /** Kept for google-auth's sake; interactive reauthentication is not built. */
  get enableReauthRefresh(): boolean {
    return this.#options.enableReauthRefresh ?? false;
  }

  /** Always `false`: what a user consented to cannot be changed by asking for other scopes. */
  get requiresScopes(): false {
    return false;
  }

  /** Whether the latest tokens could not be saved yet; they are held in memory and the save is tried again. */
  get unsaved(): boolean {
    return this.#keepers.some((keeper) => keeper.unsaved);
  }

  /** Whether all these scopes are there: the granted ones where they are known, else those that are asked for. */
  hasScopes(scopes: ScopesLike): boolean {
    const held = this.grantedScopes ?? this.scopes ?? this.defaultScopes ?? [];
    return missingScopes(parseScopes(scopes, 'scopes') ?? [], held).length === 0;
  }

  /** A copy that asks another token endpoint. It has no access token yet, and the same refresh token. */
  withTokenUri(tokenUri: string): this {
    return this.copied({ tokenUri }, false);
  }

  /** A copy under another account's name, which is only a label: the token and its refresh are shared. */
  withAccount(account: string): this {
    return this.copied({ account }, true);
  }

  /** A copy for another universe. It has no access token yet. */
  withUniverseDomain(universeDomain: string): this {
    return this.copied({ universeDomain }, false);
  }

  /** A copy that asks another handler, or none, for its next token. It starts with the current token. */
  withRefreshHandler(refreshHandler: RefreshHandler | undefined): this {
    return this.copied({ refreshHandler }, true);
  }

  /** Where they came from: the file, for those that were loaded from one. */
  override getCredentialInfo(): CredentialInfo | undefined {
    const { file, account } = this.#options;
    if (file === undefined) return undefined;
    return Object.freeze({
      source: file.path,
      type: 'user credentials',
      ...(account === undefined || account === '' ? {} : { principal: account }),
    });
  }

  /**
   * The `authorized_user` info, secrets included: what ADC loads, and what loses nothing.
   * @param strip Fields to leave out, by their names on disk.
   */
  toAuthorizedUserInfo(strip: readonly string[] = []): AuthorizedUserInfo {
    if (!Array.isArray(strip)) throw new TypeError('"strip" must be an array of field names');
    const { token, expiry, refreshToken, idToken, grantedScopes, raptToken, scopes, defaultScopes } = this;
    const now = { token, expiry, refreshToken, idToken, grantedScopes, raptToken, scopes, defaultScopes };
    return writeAuthorizedUserInfo({ ...this.#options, ...now, universeDomain: this.universeDomain }, strip);
  }

  /** {@link UserCredentials.toAuthorizedUserInfo} as JSON: google-auth's `to_json`. `toJSON()` itself is redacted. */
  toAuthorizedUserJson(strip: readonly string[] = []): string {
    return JSON.stringify(this.toAuthorizedUserInfo(strip));
  }

  /**
   * Revokes the grant at its server and drops the tokens, after any refresh under way. Using these credentials or a copy afterwards fails.
   * @throws RefreshError where the server cannot be reached or refuses; nothing is dropped then.
   */
  async revoke(request?: RequestLike, options: CallOptions = {}): Promise<void> {
    throwIfAborted(options);
    const given = this.requestFor(request);
    const revoking = this.#grant.exclusively(async () => {
      throwIfAborted(options);
      const { revokeUser } = await import('./user-revocation.js');
      const { refreshToken, token: accessToken } = this;
      await revokeUser({
        refreshToken,
        accessToken,
        options: this.#options,
        request: given,
        clock: this.#cell.clock,
        signal: options.signal,
      });
      this.#grant.revoke();
      this.#cell.condemn(revokedError());
    });
    await abandonable(revoking, options.signal);
  }

  protected override isOwnEndpoint(url: string): boolean {
    return url === this.#options.tokenUri || url === this.#options.revokeUri;
  }

  protected override get usageLabel(): string {
    return 'u';
  }

  static {
    nameClass(this, 'UserCredentials');
  }

  protected override async fetchToken(request: Transport): Promise<TokenSet> {
    if (this.#grant.revoked) throw revokedError();
    if (this.universeDomain !== DEFAULT_UNIVERSE_DOMAIN) throw otherUniverse(this.universeDomain);
    const { refreshHandler, scopes, defaultScopes } = this.#options;
    if (this.#grant.refreshToken !== undefined || refreshHandler === undefined) {
      return await this.#grant.exclusively(() => this.#spend(request));
    }
    const { mintByHandler } = USER_HANDLER.value ?? (await USER_HANDLER.load());
    const tokens = await mintByHandler(refreshHandler, request, scopes ?? defaultScopes, this.#cell.clock);
    await this.#keep(tokens, false);
    return tokens;
  }

  protected override copy(options: Partial<UserCredentialsOptions>, keepsToken: boolean): this {
    return new UserCredentials({ ...this.#options, ...options }, this, keepsToken) as this;
  }

  async #spend(request: Transport): Promise<TokenSet> {
    if (this.#grant.revoked) throw revokedError();
    const refresh = (): Promise<TokenSet> => this.#refresh(request);
    return this.#options.file === undefined ? await refresh() : await this.#options.file.spending(this.#grant, refresh);
  }

  async #refresh(request: Transport): Promise<TokenSet> {
    const { refreshUser } = USER_REFRESH.value ?? (await USER_REFRESH.load());
    const { tokens, rotated } = await refreshUser(this.#grant, this.#options, request, this.#cell.clock);
    await this.#keep(tokens, rotated);
    return tokens;
  }

  /** A rotated refresh token is kept before anybody sees its access token; otherwise nobody waits for the hook. */
  async #keep(tokens: TokenSet, rotated: boolean): Promise<void> {
    const kept = Promise.all(this.#keepers.map((keeper) => keeper.keep(tokens, rotated)));
    if (rotated || this.#options.file?.saves === true) await kept;
  }

  /** The same handler mints the same token; another one mints the next token in another way. */
  #cellFor(record: UserCredentialsRecord): TokenCell {
    return record.refreshHandler === this.#options.refreshHandler ? this.#cell : this.#cell.fork();
  }
}

function newCell(record: UserCredentialsRecord, grant: Grant, start: UserCredentialsOptions): TokenCell {
  return new TokenCell({ clock: clockOf(record), grant, tokens: tokensOf(record, start) });
}

function tokensOf(record: UserCredentialsRecord, start: UserCredentialsOptions): TokenSet | undefined {
  if (start.token === undefined) return undefined;
  const { idToken, grantedScopes, raptToken } = record;
  const accessToken = new AccessToken(start.token, {
    expiresAt: expiresAtOf(start.expiry, 'expiry'),
    scopes: grantedScopes,
  });
  return new TokenSet({ accessToken, idToken, grantedScopes, raptToken });
}
