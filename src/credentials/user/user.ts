/** Credentials of a person: a refresh token, or a handler that stands in for one (google-auth's `oauth2.credentials.Credentials`). */
import { liveSignal } from '../../base/live-signal.js';
import type { ScopesLike } from '../../base/scopes.js';
import type { AccessToken } from '../../tokens/access-token.js';
import type { TokenSet } from '../../tokens/token-set.js';
import type { RequestLike, Transport } from '../../transport/transport.js';
import type { CallOptions, RefreshOptions } from '../call-options.js';
import { coversScopes } from '../covered-scopes.js';
import { clockOf } from '../credentials-options.js';
import { cellOf, Credentials, type CredentialInfo } from '../credentials.js';
import { ON_FIRST_USE } from '../on-first-use.js';
import {
  readAuthorizedUserInfo,
  writeAuthorizedUserInfo,
  type AuthorizedUserInfo,
  type AuthorizedUserInfoOptions,
} from './authorized-user-info.js';
import { ownLoadOptions, withOverrides, type AuthorizedUserFileOptions } from './authorized-user-options.js';
import { addKeepers } from './grant-keepers.js';
import { copiedUserCell, newUserCell } from './user-cell.js';
import {
  ownUserOptions,
  userOptions,
  type RefreshHandler,
  type UserCredentialsOptions,
  type UserCredentialsRecord,
} from './user-options.js';

/** What may be another than the one that credentials were made with. */
const MOVING = [
  'token',
  'expiry',
  'refreshToken',
  'idToken',
  'grantedScopes',
  'raptToken',
  'scopes',
  'defaultScopes',
  'universeDomain',
] as const;

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

  /**
   * @param options By google-auth's names; copied and frozen.
   * @param from The credentials that these are a copy of: its refresh token is shared, so that no copy misses a rotation.
   * @param keepsToken Whether the token means the same in the copy, so that it is shared too.
   * @throws TypeError for an option of the wrong type.
   * @throws ConfigurationError `endpoint_refused` for an endpoint that tokens must not be sent to.
   */
  constructor(options: UserCredentialsOptions, from?: UserCredentials, keepsToken = true) {
    const given = ownUserOptions(options);
    const original = from === undefined ? undefined : from.#options;
    const record = userOptions(given, original);
    const cell =
      from === undefined ? newUserCell(record, given) : copiedUserCell(cellOf(from), from.#options, record, keepsToken);
    super(record, cell);
    this.#options = record;
    const { keepers } = record;
    if (cell.grant !== undefined && keepers !== undefined && keepers !== original?.keepers)
      addKeepers(cell.grant, keepers);
    if (new.target === UserCredentials) Object.freeze(this);
  }

  /**
   * Loads an `authorized_user` file, such as gcloud's `application_default_credentials.json`.
   * @param path The file; it is read again where a refresh token is refused or `save` is set, and written only with `save`.
   * @param scopes The scopes to ask for, instead of those that the file names. A token of the file that is not known to cover them is
   * not used.
   * @throws ConfigurationError that says which field of which file is wrong, and what to do.
   */
  static async fromAuthorizedUserFile<T extends UserCredentials>(
    this: new (options: UserCredentialsOptions) => T,
    path: string | URL,
    scopes?: ScopesLike,
    options: AuthorizedUserFileOptions = {},
  ): Promise<T> {
    const { loadAuthorizedUserFile } = await import('./authorized-user-file.js');
    return new this(await loadAuthorizedUserFile(path, scopes, options));
  }

  /**
   * Makes credentials of the contents of an `authorized_user` file.
   * @param scopes The scopes to ask for, instead of those that the info names. A token of the info that is not known to cover them is
   * not used.
   * @throws ConfigurationError that says which field is wrong, and what to do.
   */
  static fromAuthorizedUserInfo<T extends UserCredentials>(
    this: new (options: UserCredentialsOptions) => T,
    info: AuthorizedUserInfo,
    scopes?: ScopesLike,
    options: AuthorizedUserInfoOptions = {},
  ): T {
    const own = ownLoadOptions(options);
    const context = { where: 'the authorized user info', endpoints: own.endpoints, now: clockOf(own).now() };
    return new this(withOverrides(readAuthorizedUserInfo(info, context), scopes, own));
  }

  /** The refresh token to be spent next: the newest one that was issued. This reveals the secret. */
  get refreshToken(): string | undefined {
    return cellOf(this).grant?.refreshToken;
  }

  /** The ID token that came with the current access token. This reveals the secret. */
  get idToken(): string | undefined {
    const { tokens } = cellOf(this);
    return tokens === undefined ? this.#options.idToken : tokens.idToken;
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
    return cellOf(this).tokens?.grantedScopes ?? this.#options.grantedScopes;
  }

  /** Google's reauthentication proof token. This reveals the secret. */
  get raptToken(): string | undefined {
    return cellOf(this).tokens?.raptToken ?? this.#options.raptToken;
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
    return this.#options.keepers?.made?.some((keeper) => keeper.unsaved) === true;
  }

  /** Whether all these scopes are there: the granted ones where they are known, else those that are asked for. */
  hasScopes(scopes: ScopesLike): boolean {
    return coversScopes(this.grantedScopes ?? this.scopes ?? this.defaultScopes, scopes);
  }

  /**
   * A copy that asks another token endpoint. It has no access token yet, and begins with the same refresh token. What that endpoint issues
   * is told to the hook `onTokens`, and not written to a file of the original.
   */
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

  /**
   * Asks the server for a new token, whatever is held and whatever failed before, a refresh token that was refused included; joins a
   * refresh under way.
   * @throws TypeError for a `request` that is none.
   * @throws RefreshError where no token could be obtained.
   */
  override refresh(request?: RequestLike, options?: RefreshOptions): Promise<AccessToken> {
    // Callers with a schedule of their own come again and again: for them, what was refused stays refused until somebody signs in.
    if (options?.singleAttempt !== true) ON_FIRST_USE.value?.forgetRefusal(cellOf(this));
    return super.refresh(request, options);
  }

  /** Where they came from: the file, for those that were loaded from one. */
  override getCredentialInfo(): CredentialInfo | undefined {
    const { file, account = '' } = this.#options;
    if (file === undefined) return undefined;
    return Object.freeze({
      source: file.path,
      type: 'user credentials',
      ...(account === '' ? {} : { principal: account }),
    });
  }

  /**
   * The `authorized_user` info, secrets included: what ADC loads, and what loses nothing.
   * @param strip Fields to leave out, by their names on disk.
   */
  toAuthorizedUserInfo(strip: readonly string[] = []): AuthorizedUserInfo {
    if (!Array.isArray(strip)) throw new TypeError('"strip" must be an array of field names');
    const now = Object.fromEntries(MOVING.map((name) => [name, this[name]]));
    return writeAuthorizedUserInfo({ ...this.#options, ...now }, strip);
  }

  /** {@link UserCredentials.toAuthorizedUserInfo} as JSON: google-auth's `to_json`. `toJSON()` itself is redacted. */
  toAuthorizedUserJson(strip: readonly string[] = []): string {
    return JSON.stringify(this.toAuthorizedUserInfo(strip));
  }

  /**
   * Revokes the grant at its server and drops the tokens, after any refresh under way. Using these credentials or a copy afterwards fails.
   * With `save`, the refresh token that the file holds now is revoked: another process may have replaced it.
   * @throws RefreshError where the server cannot be reached or refuses; nothing is dropped then.
   */
  async revoke(request?: RequestLike, options: CallOptions = {}): Promise<void> {
    const signal = liveSignal(options);
    const given = this.requestFor(request);
    const { revokeUser } = await import('./user-revocation.js');
    await revokeUser({ cell: cellOf(this), options: this.#options, request: given, signal });
  }

  protected override isOwnEndpoint(url: string): boolean {
    return url === this.#options.tokenUri || url === this.#options.revokeUri;
  }

  /** The options that the credentials were made with; the tokens are not among them. See {@link Credentials.copied}. */
  protected override get options(): Readonly<UserCredentialsOptions> {
    return this.#options;
  }

  protected override get usageLabel(): string {
    return 'u';
  }

  protected override fetchToken(request: Transport, flight: { readonly awaited: boolean }): Promise<TokenSet> {
    return ON_FIRST_USE.use(({ mintForUser }) =>
      mintForUser({ options: this.#options, cell: cellOf(this), flight }, request),
    );
  }

  protected override copy(options: Partial<UserCredentialsOptions>, keepsToken: boolean): this {
    return new UserCredentials({ ...this.#options, ...options }, this, keepsToken) as this;
  }
}
