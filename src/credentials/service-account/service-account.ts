/** Credentials of a service account with its private key (google-auth's `service_account.Credentials`). */
import { FirstUse } from '../../base/first-use.js';
import { frozenJson } from '../../base/frozen-json.js';
import type { HeadersLike } from '../../base/headers.js';
import type { ScopesLike } from '../../base/scopes.js';
import { DEFAULT_UNIVERSE_DOMAIN } from '../../google/well-known.js';
import type { Signer } from '../../jose/signer.js';
import type { TokenSet } from '../../tokens/token-set.js';
import type { RequestLike, Transport } from '../../transport/transport.js';
import type { CallOptions, InvalidateOptions } from '../call-options.js';
import { coversScopes } from '../covered-scopes.js';
import { Credentials, type CredentialInfo } from '../credentials.js';
import { guessOrigin } from '../jwt/audience-guess.js';
import { AudienceTokens, type AudienceKind } from '../jwt/audience-tokens.js';
import { ON_FIRST_USE } from '../on-first-use.js';
import { signWith, type SigningCredentials } from '../signing.js';
import { isPerAudience, signsAlways, tokenWay, type TokenWay } from './self-signed-decision.js';
import type { ServiceAccountInfo } from './service-account-info.js';
import { loadServiceAccount, type ServiceAccountLoadOptions } from './service-account-load.js';
import {
  serviceAccountOptions,
  type ServiceAccountCredentialsOptions,
  type ServiceAccountRecord,
} from './service-account-options.js';

/** Without scopes and user, nothing ties a token to more than its host. */
const PER_HOST: AudienceKind<ServiceAccountRecord> = {
  guessKey: guessOrigin,
  holding: new FirstUse(async () => {
    const { loadServiceAccountAudiences } = await import('./service-account-audiences.js');
    return loadServiceAccountAudiences();
  }),
};

/**
 * Credentials of a service account. With scopes they ask the token endpoint; without, they sign a token for each API host
 * themselves (AIP-4111). The key is parsed once, and shared by all copies.
 *
 * @example
 * ```ts
 * const credentials = await ServiceAccountCredentials.fromServiceAccountFile('key.json', {
 *   scopes: 'https://www.googleapis.com/auth/cloud-platform',
 * });
 * ```
 */
export class ServiceAccountCredentials extends Credentials implements SigningCredentials {
  readonly #options: Readonly<ServiceAccountRecord>;
  readonly #audiences: AudienceTokens<ServiceAccountRecord> | undefined;

  /**
   * @param options By google-auth's names; copied and frozen.
   * @param share Credentials whose tokens mean the same.
   * @throws TypeError for an option of the wrong type.
   * @throws ConfigurationError `endpoint_refused` for a token endpoint that assertions must not be sent to.
   */
  constructor(options: ServiceAccountCredentialsOptions, share?: ServiceAccountCredentials) {
    const record = serviceAccountOptions(options);
    super(record, share);
    this.#options = record;
    if (share !== undefined) this.#audiences = share.#audiences;
    else if (isPerAudience(record)) this.#audiences = new AudienceTokens(PER_HOST, record);
    if (new.target === ServiceAccountCredentials) Object.freeze(this);
  }

  /**
   * Loads a key file.
   * @throws ConfigurationError that says which field of which file is wrong; `invalid_key` says what is wrong with the key.
   */
  static async fromServiceAccountFile<T extends ServiceAccountCredentials>(
    this: new (options: ServiceAccountCredentialsOptions) => T,
    path: string | URL,
    options: ServiceAccountLoadOptions = {},
  ): Promise<T> {
    const { loadServiceAccountFile } = await import('./service-account-file.js');
    return new this(await loadServiceAccountFile(path, options));
  }

  /**
   * Makes credentials of the contents of a key file.
   * @throws ConfigurationError that says which field is wrong; `invalid_key` says what is wrong with the key.
   */
  static fromServiceAccountInfo<T extends ServiceAccountCredentials>(
    this: new (options: ServiceAccountCredentialsOptions) => T,
    info: ServiceAccountInfo,
    options: ServiceAccountLoadOptions = {},
  ): T {
    return new this(loadServiceAccount(info, 'the service account info', options));
  }

  /** The account's e-mail address. */
  get serviceAccountEmail(): string {
    return this.#options.serviceAccountEmail;
  }

  /** The account's project, where it is known. */
  get projectId(): string | undefined {
    return this.#options.projectId;
  }

  /** The token endpoint. */
  get tokenUri(): string {
    return this.#options.tokenUri;
  }

  /** The scopes that are asked for. */
  get scopes(): readonly string[] | undefined {
    return this.#options.scopes;
  }

  /** The scopes that are asked for where {@link ServiceAccountCredentials.scopes} is undefined. */
  get defaultScopes(): readonly string[] | undefined {
    return this.#options.defaultScopes;
  }

  /** The user acted for, where there is one. */
  get subject(): string | undefined {
    return this.#options.subject;
  }

  /** The claims added to what is signed. */
  get additionalClaims(): Readonly<Record<string, unknown>> | undefined {
    return this.#options.additionalClaims;
  }

  /** Whether tokens are self-signed wherever that is possible. */
  get alwaysUseJwtAccess(): boolean {
    return signsAlways(this.#options);
  }

  /** Whether no scopes were named, so that a library may name its own. */
  get requiresScopes(): boolean {
    return this.#options.scopes === undefined;
  }

  /** @internal How the token for no URL in particular is had: signed here, or asked for by an assertion; `undefined` where there is none. */
  get ownTokenWay(): TokenWay | undefined {
    return tokenWay(this.#options);
  }

  /** Signs with the account's key. */
  get signer(): Signer {
    return this.#options.signer;
  }

  /** The account: whose signature it is. */
  get signerEmail(): string {
    return this.#options.serviceAccountEmail;
  }

  /**
   * A signature by the key over these bytes, or over the text's UTF-8.
   * @throws RefreshError `signing_failed`.
   */
  signBytes(bytes: Uint8Array | string, options?: CallOptions): Promise<Uint8Array> {
    return signWith(this.#options, bytes, options);
  }

  /** Whether all these scopes are asked for. */
  hasScopes(scopes: ScopesLike): boolean {
    return coversScopes(this.scopes ?? this.defaultScopes, scopes);
  }

  /** Puts a token on a request; without scopes, one for the URL's own host. */
  override beforeRequest(
    request: RequestLike | undefined,
    method: string,
    url: string,
    headers: HeadersLike,
    options?: CallOptions,
  ): Promise<void> {
    return this.#audiences === undefined
      ? super.beforeRequest(request, method, url, headers, options)
      : this.#audiences.beforeRequest(this, { request, method, url, headers, options });
  }

  /** Drops the held token, or that of an API host, only if it is the one that was rejected. */
  override invalidate(rejected: string, options?: InvalidateOptions): boolean {
    return super.invalidate(rejected, options) || this.#audiences?.invalidate(rejected, options) === true;
  }

  /** A copy that asks for these scopes. It has no token yet. */
  withScopes(scopes: ScopesLike | undefined, defaultScopes?: ScopesLike): this {
    return this.copied({ scopes, defaultScopes }, false);
  }

  /** A copy that acts for a user of the domain, or for nobody but itself. It has no token yet. */
  withSubject(subject: string | undefined): this {
    return this.copied({ subject }, false);
  }

  /** A copy with further claims, merged with those it has. It has no token yet. */
  withClaims(additionalClaims: Readonly<Record<string, unknown>>): this {
    return this.copied(
      { additionalClaims: { ...this.#options.additionalClaims, ...frozenJson(additionalClaims, 'additionalClaims') } },
      false,
    );
  }

  /** A copy that asks another token endpoint. It has no token yet. */
  withTokenUri(tokenUri: string): this {
    return this.copied({ tokenUri }, false);
  }

  /**
   * A copy that signs its tokens itself wherever it can, or does not. It has no token yet.
   * @throws TypeError for `false` in another universe than `googleapis.com`, where there is nobody to ask for a token.
   */
  withAlwaysUseJwtAccess(alwaysUseJwtAccess: boolean): this {
    if (!alwaysUseJwtAccess && this.universeDomain !== DEFAULT_UNIVERSE_DOMAIN)
      throw new TypeError(`"alwaysUseJwtAccess" must be true in the universe ${this.universeDomain}`);
    return this.copied({ alwaysUseJwtAccess }, false);
  }

  /** A copy for another universe, where tokens are always self-signed. It has no token yet. */
  withUniverseDomain(universeDomain: string): this {
    return this.copied({ universeDomain }, false);
  }

  /** The account, and where its key came from. */
  override getCredentialInfo(): CredentialInfo {
    const { source = 'a service account key', serviceAccountEmail } = this.#options;
    return Object.freeze({ source, type: 'service account credentials', principal: serviceAccountEmail });
  }

  protected override isOwnEndpoint(url: string): boolean {
    return url === this.#options.tokenUri;
  }

  protected override get usageLabel(): string {
    return tokenWay(this.#options) === 'jwt' ? 'jwt' : 'sa';
  }

  protected override fetchToken(request: Transport, flight: { readonly signal: AbortSignal }): Promise<TokenSet> {
    return ON_FIRST_USE.use(({ mintServiceAccountToken }) => mintServiceAccountToken(this.#options, request, flight));
  }

  protected override copy(options: Partial<ServiceAccountCredentialsOptions>, keepsToken: boolean): this {
    return new ServiceAccountCredentials({ ...this.#options, ...options }, keepsToken ? this : undefined) as this;
  }
}
