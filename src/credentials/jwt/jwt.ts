/** Credentials whose token is a JWT that they sign themselves (google-auth's `jwt.Credentials`). */
import { requiredOption } from '../../base/option-rules.js';
import type { Signer } from '../../jose/signer.js';
import type { TokenSet } from '../../tokens/token-set.js';
import type { Transport } from '../../transport/transport.js';
import type { CallOptions } from '../call-options.js';
import { Credentials, type CredentialInfo } from '../credentials.js';
import { ON_FIRST_USE } from '../on-first-use.js';
import type { ServiceAccountInfo } from '../service-account/service-account-info.js';
import { signWith, type SigningCredentials } from '../signing.js';
import { mergedClaims, type JwtClaims } from './jwt-claims.js';
import { jwtOptionsOfCredentials, jwtOptionsOfInfo, type JwtLoadOptions } from './jwt-load.js';
import { jwtOptions, type JwtCredentialsOptions } from './jwt-options.js';

export type { JwtClaims } from './jwt-claims.js';

/** What a caller says besides the key. */
export interface JwtCredentialsLoadOptions extends JwtLoadOptions {
  /** Whom the JWT is for (`aud`). */
  readonly audience: string;
}

/**
 * Credentials whose token is a JWT, signed here for one audience. Nobody is asked for it.
 *
 * @example
 * ```ts
 * const credentials = await JwtCredentials.fromServiceAccountFile('key.json', { audience: 'https://pubsub.googleapis.com/' });
 * ```
 */
export class JwtCredentials extends Credentials implements SigningCredentials {
  readonly #options: Readonly<JwtCredentialsOptions>;

  /**
   * @param share Credentials whose JWT means the same.
   * @throws TypeError for an option of the wrong type.
   */
  constructor(options: JwtCredentialsOptions, share?: JwtCredentials) {
    const record = jwtOptions(options);
    super(record, share);
    this.#options = record;
    if (new.target === JwtCredentials) Object.freeze(this);
  }

  /**
   * Loads the key file of a service account.
   * @throws ConfigurationError that says which field of which file is wrong.
   */
  static async fromServiceAccountFile<T extends JwtCredentials>(
    this: new (options: JwtCredentialsOptions) => T,
    path: string | URL,
    options: JwtCredentialsLoadOptions,
  ): Promise<T> {
    const audience = requiredOption(options, 'audience');
    const { jwtOptionsOfFile } = await import('./jwt-file.js');
    return new this({ ...(await jwtOptionsOfFile(path, options)), audience });
  }

  /**
   * Makes credentials of the contents of a key file.
   * @throws ConfigurationError that says which field is wrong.
   */
  static fromServiceAccountInfo<T extends JwtCredentials>(
    this: new (options: JwtCredentialsOptions) => T,
    info: ServiceAccountInfo,
    options: JwtCredentialsLoadOptions,
  ): T {
    const audience = requiredOption(options, 'audience');
    return new this({ ...jwtOptionsOfInfo(info, 'the service account info', options), audience });
  }

  /**
   * Makes credentials that sign as others do, which they share nothing but the key with.
   * @param audience Whom the JWT is for (`aud`).
   */
  static fromSigningCredentials<T extends JwtCredentials>(
    this: new (options: JwtCredentialsOptions) => T,
    credentials: SigningCredentials,
    audience: string,
    options: JwtLoadOptions = {},
  ): T {
    return new this({
      ...jwtOptionsOfCredentials(credentials, options),
      audience: requiredOption({ audience }, 'audience'),
    });
  }

  /** Signs with the key. */
  get signer(): Signer {
    return this.#options.signer;
  }

  /** The issuer: whose signature it is. */
  get signerEmail(): string {
    return this.#options.issuer;
  }

  /** Whom the JWT is for. */
  get audience(): string | undefined {
    return this.#options.audience;
  }

  /** The claims that were added. */
  get additionalClaims(): Readonly<Record<string, unknown>> | undefined {
    return this.#options.additionalClaims;
  }

  /**
   * A signature by the key over these bytes, or over the text's UTF-8.
   * @throws RefreshError `signing_failed`.
   */
  signBytes(bytes: Uint8Array | string, options?: CallOptions): Promise<Uint8Array> {
    return signWith(this.#options, bytes, options);
  }

  /** A copy whose JWTs say something else. It has no token yet. */
  withClaims(claims: JwtClaims): this {
    return this.copied(mergedClaims(this.#options, claims), false);
  }

  /** Who signs. */
  override getCredentialInfo(): CredentialInfo {
    return Object.freeze({ source: 'a signer', type: 'self-signed JWT', principal: this.#options.issuer });
  }

  protected override get usageLabel(): string {
    return 'jwt';
  }

  protected override fetchToken(_request: Transport, flight: { readonly signal: AbortSignal }): Promise<TokenSet> {
    return ON_FIRST_USE.use(({ mintJwt }) => mintJwt(this.#options, flight));
  }

  protected override copy(options: Partial<JwtCredentialsOptions>, keepsToken: boolean): this {
    return new JwtCredentials({ ...this.#options, ...options }, keepsToken ? this : undefined) as this;
  }
}
