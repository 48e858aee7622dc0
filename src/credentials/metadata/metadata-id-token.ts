/** Credentials of the machine that put an ID token on requests: Cloud Run, IAP and one's own services take these. */
import { isMetadataUrl } from '../../google/metadata-server.js';
import type { TokenSet } from '../../tokens/token-set.js';
import type { Transport } from '../../transport/transport.js';
import { Credentials, type CredentialInfo } from '../credentials.js';
import { ON_FIRST_USE } from '../on-first-use.js';
import { METADATA_ATTEMPTS, namedMetadataHost } from './metadata-host.js';
import {
  metadataIdTokenOptions,
  type MetadataIdTokenCredentialsOptions,
  type MetadataIdTokenRecord,
} from './metadata-id-token-options.js';

/**
 * Credentials of the machine whose token is an ID token for one audience.
 *
 * @example
 * ```ts
 * const credentials = new MetadataIdTokenCredentials({ targetAudience: 'https://service-abc.a.run.app' });
 * const headers: Record<string, string> = {};
 * await credentials.beforeRequest(undefined, 'GET', 'https://service-abc.a.run.app/', headers);
 * ```
 */
export class MetadataIdTokenCredentials extends Credentials {
  readonly #options: Readonly<MetadataIdTokenRecord>;

  /**
   * @param from The credentials that these are a copy of, and whose token means the same.
   * @throws TypeError for an option of the wrong type.
   */
  constructor(options: MetadataIdTokenCredentialsOptions, from?: MetadataIdTokenCredentials) {
    const record = metadataIdTokenOptions(options);
    super(record, from);
    this.#options = record;
    if (new.target === MetadataIdTokenCredentials) Object.freeze(this);
  }

  /** For whom the tokens are. */
  get targetAudience(): string {
    return this.#options.targetAudience;
  }

  /** What the tokens hold: `full` adds the e-mail address. */
  get format(): 'standard' | 'full' {
    return this.#options.format;
  }

  /** Whether the tokens name the licences of the machine's images. */
  get licenses(): boolean {
    return this.#options.licenses;
  }

  /** The service account whose tokens are asked for: an e-mail address, or `default`. */
  get serviceAccountEmail(): string {
    return this.#options.serviceAccountEmail;
  }

  /** A copy for another audience. It has no token yet. */
  withTargetAudience(targetAudience: string): this {
    return this.copied({ targetAudience }, false);
  }

  /** A copy for another service account of the machine. It has no token yet. */
  withServiceAccount(serviceAccountEmail: string): this {
    return this.copied({ serviceAccountEmail }, false);
  }

  /** The metadata server, and the service account. */
  override getCredentialInfo(): CredentialInfo {
    return Object.freeze({
      source: 'metadata server',
      type: 'ID token credentials',
      principal: this.serviceAccountEmail,
    });
  }

  protected override isOwnEndpoint(url: string): boolean {
    return isMetadataUrl(url, namedMetadataHost());
  }

  protected override get attempts(): number {
    return METADATA_ATTEMPTS;
  }

  protected override get usageLabel(): string {
    return 'mds';
  }

  protected override fetchToken(request: Transport): Promise<TokenSet> {
    return ON_FIRST_USE.use(({ mintMetadataIdToken }) => mintMetadataIdToken(this.#options, request));
  }

  protected override copy(options: Partial<MetadataIdTokenCredentialsOptions>, keepsToken: boolean): this {
    return new MetadataIdTokenCredentials({ ...this.#options, ...options }, keepsToken ? this : undefined) as this;
  }
}
