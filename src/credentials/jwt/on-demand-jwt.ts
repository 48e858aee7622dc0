/** Credentials that sign a JWT for each URL they are used on (google-auth's `jwt.OnDemandCredentials`). */
import { FirstUse } from '../../base/first-use.js';
import type { HeadersLike } from '../../base/headers.js';
import { ownOptions } from '../../base/option-record.js';
import { RefreshError } from '../../errors.js';
import type { Signer } from '../../jose/signer.js';
import type { TokenSet } from '../../tokens/token-set.js';
import type { RequestLike } from '../../transport/transport.js';
import type { CallOptions, InvalidateOptions } from '../call-options.js';
import { Credentials, type CredentialInfo } from '../credentials.js';
import type { ServiceAccountInfo } from '../service-account/service-account-info.js';
import { signWith, type SigningCredentials } from '../signing.js';
import { guessUrl } from './audience-guess.js';
import { AudienceTokens, type AudienceKind } from './audience-tokens.js';
import { mergedClaims, type JwtClaims } from './jwt-claims.js';
import { jwtOptionsOfCredentials, jwtOptionsOfInfo, type JwtLoadOptions } from './jwt-load.js';
import { onDemandJwtOptions, type OnDemandJwtCredentialsOptions } from './jwt-options.js';

const PER_URL: AudienceKind<OnDemandJwtCredentialsOptions> = {
  guessKey: guessUrl,
  holding: new FirstUse(async () => (await import('./on-demand-audiences.js')).loadOnDemandAudiences()),
};

/** What a caller may say besides the key. */
export interface OnDemandJwtLoadOptions extends JwtLoadOptions, Pick<OnDemandJwtCredentialsOptions, 'maxAudiences'> {}

/**
 * Credentials that sign a JWT for each URL they are used on: its audience is the URL without query and fragment. They are
 * always valid, and hold no token of their own: only `beforeRequest`, which knows the URL, can apply one.
 */
export class OnDemandJwtCredentials extends Credentials implements SigningCredentials {
  readonly #options: Readonly<OnDemandJwtCredentialsOptions>;
  readonly #tokens: AudienceTokens<OnDemandJwtCredentialsOptions>;

  /**
   * @param share Credentials whose JWTs mean the same.
   * @throws TypeError for an option of the wrong type.
   */
  constructor(options: OnDemandJwtCredentialsOptions, share?: OnDemandJwtCredentials) {
    const record = onDemandJwtOptions(options);
    super(record, share);
    this.#options = record;
    this.#tokens = share === undefined ? new AudienceTokens(PER_URL, record) : share.#tokens;
    if (new.target === OnDemandJwtCredentials) Object.freeze(this);
  }

  /**
   * Loads the key file of a service account.
   * @throws ConfigurationError that says which field of which file is wrong.
   */
  static async fromServiceAccountFile<T extends OnDemandJwtCredentials>(
    this: new (options: OnDemandJwtCredentialsOptions) => T,
    path: string | URL,
    options: OnDemandJwtLoadOptions = {},
  ): Promise<T> {
    const bound = boundIn(options);
    const { jwtOptionsOfFile } = await import('./jwt-file.js');
    return new this({ ...(await jwtOptionsOfFile(path, options)), ...bound });
  }

  /**
   * Makes credentials of the contents of a key file.
   * @throws ConfigurationError that says which field is wrong.
   */
  static fromServiceAccountInfo<T extends OnDemandJwtCredentials>(
    this: new (options: OnDemandJwtCredentialsOptions) => T,
    info: ServiceAccountInfo,
    options: OnDemandJwtLoadOptions = {},
  ): T {
    const bound = boundIn(options);
    return new this({ ...jwtOptionsOfInfo(info, 'the service account info', options), ...bound });
  }

  /** Makes credentials that sign as others do, which they share nothing but the key with. */
  static fromSigningCredentials<T extends OnDemandJwtCredentials>(
    this: new (options: OnDemandJwtCredentialsOptions) => T,
    credentials: SigningCredentials,
    options: OnDemandJwtLoadOptions = {},
  ): T {
    const bound = boundIn(options);
    return new this({ ...jwtOptionsOfCredentials(credentials, options), ...bound });
  }

  /** Signs with the key. */
  get signer(): Signer {
    return this.#options.signer;
  }

  /** The issuer: whose signature it is. */
  get signerEmail(): string {
    return this.#options.issuer;
  }

  /** Always `true`: a JWT is signed for whoever needs one. */
  override get valid(): true {
    return true;
  }

  /** Always `false`. */
  override get expired(): false {
    return false;
  }

  /** Always `fresh`. */
  override get tokenState(): 'fresh' {
    return 'fresh';
  }

  /**
   * A signature by the key over these bytes, or over the text's UTF-8.
   * @throws RefreshError `signing_failed`.
   */
  signBytes(bytes: Uint8Array | string, options?: CallOptions): Promise<Uint8Array> {
    return signWith(this.#options, bytes, options);
  }

  /** Puts the JWT for this URL on the request, signed now or before. */
  override beforeRequest(
    request: RequestLike | undefined,
    method: string,
    url: string,
    headers: HeadersLike,
    options?: CallOptions,
  ): Promise<void> {
    return this.#tokens.beforeRequest(this, { request, method, url, headers, options });
  }

  /** Drops the JWT that was rejected. */
  override invalidate(rejected: string, options?: InvalidateOptions): boolean {
    return this.#tokens.invalidate(rejected, options);
  }

  /** A copy whose JWTs say something else. */
  withClaims(claims: Omit<JwtClaims, 'audience'>): this {
    return this.copied(mergedClaims(this.#options, claims), false);
  }

  /** Who signs. */
  override getCredentialInfo(): CredentialInfo {
    return Object.freeze({ source: 'a signer', type: 'self-signed JWT', principal: this.#options.issuer });
  }

  protected override fetchToken(): Promise<TokenSet> {
    const message = 'These credentials sign a token for each URL: call beforeRequest(), which names it.';
    return Promise.reject(new RefreshError('not_refreshable', message));
  }

  protected override copy(options: Partial<OnDemandJwtCredentialsOptions>, keepsToken: boolean): this {
    return new OnDemandJwtCredentials({ ...this.#options, ...options }, keepsToken ? this : undefined) as this;
  }
}

function boundIn(options: OnDemandJwtLoadOptions): Pick<OnDemandJwtCredentialsOptions, 'maxAudiences'> {
  return ownOptions<Pick<OnDemandJwtCredentialsOptions, 'maxAudiences'>>(options, ['maxAudiences']);
}
