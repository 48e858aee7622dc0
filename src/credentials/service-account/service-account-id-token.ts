/** ID tokens of a service account as bearer tokens, for Cloud Run, IAP and one's own services (google-auth's `IDTokenCredentials`). */
import { judgedOptions } from '../../base/option-record.js';
import { optional, requiredOption, requireText } from '../../base/option-rules.js';
import type { Signer } from '../../jose/signer.js';
import type { TokenSet } from '../../tokens/token-set.js';
import type { Transport } from '../../transport/transport.js';
import type { CallOptions } from '../call-options.js';
import type { CredentialsOptions } from '../credentials-options.js';
import { Credentials, type CredentialInfo } from '../credentials.js';
import { ON_FIRST_USE } from '../on-first-use.js';
import { signWith, type SigningCredentials } from '../signing.js';
import type { ServiceAccountEndpoints, ServiceAccountInfo } from './service-account-info.js';
import { loadServiceAccount } from './service-account-load.js';
import {
  serviceAccountKeyRules,
  type ServiceAccountKeyOptions,
  type ServiceAccountKeyRecord,
} from './service-account-options.js';

/** Options of {@link ServiceAccountIdTokenCredentials}. */
export interface ServiceAccountIdTokenCredentialsOptions extends ServiceAccountKeyOptions {
  /** Whom the ID tokens are for: the URL of a service, or the client id of IAP. */
  readonly targetAudience: string;
  /** @internal The file they were loaded from. */
  readonly source?: string | undefined;
}

/** What a caller says besides the key file. */
export interface ServiceAccountIdTokenLoadOptions
  extends
    CredentialsOptions,
    ServiceAccountEndpoints,
    Pick<ServiceAccountIdTokenCredentialsOptions, 'targetAudience' | 'additionalClaims' | 'assertionAudience'> {}

interface Settings extends ServiceAccountKeyRecord {
  readonly targetAudience: string;
  readonly source?: string | undefined;
}

/** Credentials whose bearer token is an ID token for one audience. */
export class ServiceAccountIdTokenCredentials extends Credentials implements SigningCredentials {
  readonly #options: Readonly<Settings>;

  /**
   * @param options Copied and frozen.
   * @param share Credentials whose token means the same.
   * @throws TypeError for an option of the wrong type.
   */
  constructor(options: ServiceAccountIdTokenCredentialsOptions, share?: ServiceAccountIdTokenCredentials) {
    const record = settingsOf(options);
    super(record, share);
    this.#options = record;
    if (new.target === ServiceAccountIdTokenCredentials) Object.freeze(this);
  }

  /**
   * Loads a key file.
   * @throws ConfigurationError that says which field of which file is wrong.
   */
  static async fromServiceAccountFile<T extends ServiceAccountIdTokenCredentials>(
    this: new (options: ServiceAccountIdTokenCredentialsOptions) => T,
    path: string | URL,
    options: ServiceAccountIdTokenLoadOptions,
  ): Promise<T> {
    const targetAudience = requiredOption(options, 'targetAudience');
    const { loadServiceAccountFile } = await import('./service-account-file.js');
    return new this({ ...(await loadServiceAccountFile(path, options)), targetAudience });
  }

  /**
   * Makes credentials of the contents of a key file.
   * @throws ConfigurationError that says which field is wrong.
   */
  static fromServiceAccountInfo<T extends ServiceAccountIdTokenCredentials>(
    this: new (options: ServiceAccountIdTokenCredentialsOptions) => T,
    info: ServiceAccountInfo,
    options: ServiceAccountIdTokenLoadOptions,
  ): T {
    const targetAudience = requiredOption(options, 'targetAudience');
    return new this({ ...loadServiceAccount(info, 'the service account info', options), targetAudience });
  }

  /** Whom the ID tokens are for. */
  get targetAudience(): string {
    return this.#options.targetAudience;
  }

  /** The account's e-mail address. */
  get serviceAccountEmail(): string {
    return this.#options.serviceAccountEmail;
  }

  /** The token endpoint. */
  get tokenUri(): string {
    return this.#options.tokenUri;
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

  /** A copy for another audience. It has no token yet. */
  withTargetAudience(targetAudience: string): this {
    return this.copied({ targetAudience }, false);
  }

  /** A copy that asks another token endpoint. It has no token yet. */
  withTokenUri(tokenUri: string): this {
    return this.copied({ tokenUri }, false);
  }

  /** The account, and where its key came from. */
  override getCredentialInfo(): CredentialInfo {
    const { source = 'a service account key', serviceAccountEmail } = this.#options;
    return Object.freeze({ source, type: 'service account ID tokens', principal: serviceAccountEmail });
  }

  protected override isOwnEndpoint(url: string): boolean {
    return url === this.#options.tokenUri;
  }

  protected override fetchToken(request: Transport, flight: { readonly signal: AbortSignal }): Promise<TokenSet> {
    return ON_FIRST_USE.use(({ mintServiceAccountIdToken }) =>
      mintServiceAccountIdToken(this.#options, request, flight),
    );
  }

  protected override copy(options: Partial<ServiceAccountIdTokenCredentialsOptions>, keepsToken: boolean): this {
    return new ServiceAccountIdTokenCredentials(
      { ...this.#options, ...options },
      keepsToken ? this : undefined,
    ) as this;
  }
}

function settingsOf(options: ServiceAccountIdTokenCredentialsOptions): Readonly<Settings> {
  return judgedOptions<ServiceAccountIdTokenCredentialsOptions, Settings>(options, {
    targetAudience: requireText,
    source: optional(requireText),
    ...serviceAccountKeyRules(),
  });
}
