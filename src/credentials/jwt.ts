/** Credentials whose token is a JWT that they sign themselves (google-auth's `jwt.Credentials`). */
import { nameClass } from '../base/class-name.js';
import { FirstUse } from '../base/first-use.js';
import type { Signer } from '../jose/signer.js';
import type { TokenSet } from '../tokens/token-set.js';
import type { Transport } from '../transport/transport.js';
import { Credentials, type CredentialInfo } from './credentials.js';
import { clockOf } from './credentials-options.js';
import { jwtOptions, type JwtCredentialsOptions } from './jwt-options.js';
import type { SigningCredentials } from './signing.js';

const SELF_SIGNED = new FirstUse(() => import('./self-signed-jwt.js'));

/** What `withClaims` changes; what is left out stays, and further claims are merged. */
export type JwtClaims = Partial<Pick<JwtCredentialsOptions, 'issuer' | 'subject' | 'audience' | 'additionalClaims'>>;

/** Credentials whose token is a JWT, signed here for one audience. Nobody is asked for it. */
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

  /** A signature over these bytes. */
  async signBytes(bytes: Uint8Array | string): Promise<Uint8Array> {
    return await this.#options.signer.sign(bytes);
  }

  /** A copy whose JWTs say something else. It has no token yet. */
  withClaims(claims: JwtClaims): this {
    const additionalClaims = { ...this.#options.additionalClaims, ...claims.additionalClaims };
    return this.copied({ ...claims, additionalClaims }, false);
  }

  /** Who signs. */
  override getCredentialInfo(): CredentialInfo {
    return Object.freeze({ source: 'a signer', type: 'self-signed JWT', principal: this.#options.issuer });
  }

  static {
    nameClass(this, 'JwtCredentials');
  }

  protected override get usageLabel(): string {
    return 'jwt';
  }

  protected override async fetchToken(
    _request: Transport,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<TokenSet> {
    const { selfSigned } = SELF_SIGNED.value ?? (await SELF_SIGNED.load());
    const { signer, issuer, subject = issuer, audience, additionalClaims, tokenLifetimeMs } = this.#options;
    const parts = { signer, issuer, subject, audience, claims: additionalClaims, lifetimeMs: tokenLifetimeMs };
    return await selfSigned(parts, clockOf(this.#options), signal);
  }

  protected override copy(options: Partial<JwtCredentialsOptions>, keepsToken: boolean): this {
    return new JwtCredentials({ ...this.#options, ...options }, keepsToken ? this : undefined) as this;
  }
}
