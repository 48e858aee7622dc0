/** Credentials that sign a JWT for each URL they are used on (google-auth's `jwt.OnDemandCredentials`). */
import { nameClass } from '../base/class-name.js';
import type { HeadersLike } from '../base/headers.js';
import { RefreshError } from '../errors.js';
import type { Signer } from '../jose/signer.js';
import type { TokenSet } from '../tokens/token-set.js';
import type { RequestLike } from '../transport/transport.js';
import { AudienceTokens, pathPart } from './audience-tokens.js';
import type { CallOptions } from './call-options.js';
import { Credentials, type CredentialInfo } from './credentials.js';
import { JwtCredentials, type JwtClaims } from './jwt.js';
import { onDemandJwtOptions, type OnDemandJwtCredentialsOptions } from './jwt-options.js';
import type { SigningCredentials } from './signing.js';

/**
 * Credentials that sign a JWT for each URL they are used on: its audience is the URL without query and fragment. They are
 * always valid, and hold no token of their own: only `beforeRequest`, which knows the URL, can apply one.
 */
export class OnDemandJwtCredentials extends Credentials implements SigningCredentials {
  readonly #options: Readonly<OnDemandJwtCredentialsOptions>;
  readonly #tokens: AudienceTokens;

  /**
   * @param share Credentials whose JWTs mean the same.
   * @throws TypeError for an option of the wrong type.
   */
  constructor(options: OnDemandJwtCredentialsOptions, share?: OnDemandJwtCredentials) {
    const record = onDemandJwtOptions(options);
    super(record, share);
    this.#options = record;
    this.#tokens = share === undefined ? tokensFor(record) : share.#tokens;
    if (new.target === OnDemandJwtCredentials) Object.freeze(this);
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

  /** A signature over these bytes. */
  async signBytes(bytes: Uint8Array | string): Promise<Uint8Array> {
    return await this.#options.signer.sign(bytes);
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
  override invalidate(rejected: string): boolean {
    return this.#tokens.invalidate(rejected);
  }

  /** A copy whose JWTs say something else. */
  withClaims(claims: Omit<JwtClaims, 'audience'>): this {
    const additionalClaims = { ...this.#options.additionalClaims, ...claims.additionalClaims };
    return this.copied({ ...claims, additionalClaims }, false);
  }

  /** Who signs. */
  override getCredentialInfo(): CredentialInfo {
    return Object.freeze({ source: 'a signer', type: 'self-signed JWT', principal: this.#options.issuer });
  }

  static {
    nameClass(this, 'OnDemandJwtCredentials');
  }

  protected override fetchToken(): Promise<TokenSet> {
    const message = 'These credentials sign a token for each URL: call beforeRequest(), which names it.';
    return Promise.reject(new RefreshError('not_refreshable', message));
  }

  protected override copy(options: Partial<OnDemandJwtCredentialsOptions>, keepsToken: boolean): this {
    return new OnDemandJwtCredentials({ ...this.#options, ...options }, keepsToken ? this : undefined) as this;
  }
}

function tokensFor(record: Readonly<OnDemandJwtCredentialsOptions>): AudienceTokens {
  const { maxAudiences, ...options } = record;
  return new AudienceTokens({
    maxAudiences,
    keyOf: pathPart,
    audienceOf: (url) => `${url.origin}${url.pathname}`,
    credentialsFor: (audience) => new JwtCredentials({ ...options, audience, quotaProjectId: undefined }),
  });
}
