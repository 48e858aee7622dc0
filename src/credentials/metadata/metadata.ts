/** Credentials of the machine: Compute Engine, Cloud Run, GKE and all else that has Google's metadata server (google-auth's `compute_engine.Credentials`). */
import { liveSignal } from '../../base/live-signal.js';
import { ownOptions } from '../../base/option-record.js';
import type { ScopesLike } from '../../base/scopes.js';
import { DEFAULT_ACCOUNT, isMetadataUrl } from '../../google/metadata-server.js';
import type { TokenSet } from '../../tokens/token-set.js';
import type { RequestLike, Transport } from '../../transport/transport.js';
import type { CallOptions } from '../call-options.js';
import { coversScopes } from '../covered-scopes.js';
import { clockOf } from '../credentials-options.js';
import { Credentials, type CredentialInfo } from '../credentials.js';
import { ON_FIRST_USE } from '../on-first-use.js';
import { signable } from '../signing.js';
import type { MetadataFacts } from './metadata-facts.js';
import { METADATA_ATTEMPTS, namedMetadataHost } from './metadata-host.js';
import type { MetadataFact } from './metadata-mint.js';
import { metadataOptions, type MetadataCredentialsOptions, type MetadataRecord } from './metadata-options.js';

/**
 * Credentials of the machine, from its metadata server. It is never looked for beforehand, and never asked through a proxy.
 *
 * @example
 * ```ts
 * const credentials = new MetadataCredentials();
 * const headers: Record<string, string> = {};
 * await credentials.beforeRequest(undefined, 'GET', 'https://storage.googleapis.com/storage/v1/b', headers);
 * ```
 */
export class MetadataCredentials extends Credentials {
  readonly #options: Readonly<MetadataRecord>;
  readonly #facts: MetadataFacts;

  /**
   * @param from The credentials that these are a copy of: what is known of the machine is shared.
   * @param keepsToken Whether the token means the same in the copy, so that it is shared too.
   * @throws TypeError for an option of the wrong type.
   */
  constructor(options: MetadataCredentialsOptions = {}, from?: MetadataCredentials, keepsToken = true) {
    const record = metadataOptions(options);
    super(record, keepsToken ? from : undefined);
    this.#options = record;
    this.#facts = from === undefined ? { known: new Map(), asking: new Map() } : from.#facts;
    if (new.target === MetadataCredentials) Object.freeze(this);
  }

  /** The service account whose tokens are asked for: an e-mail address, or `default`. */
  get serviceAccountEmail(): string {
    return this.#options.serviceAccountEmail;
  }

  /** The scopes that are asked for. */
  get scopes(): readonly string[] | undefined {
    return this.#options.scopes;
  }

  /** The scopes that are asked for where {@link MetadataCredentials.scopes} is undefined. */
  get defaultScopes(): readonly string[] | undefined {
    return this.#options.defaultScopes;
  }

  /** Whether no scopes were named, so that a library may name its own; without any the token has those that the machine was given. */
  get requiresScopes(): boolean {
    return this.#options.scopes === undefined;
  }

  /** The universe of the option, else the one that {@link MetadataCredentials.getUniverseDomain} learnt, else `googleapis.com`. */
  override get universeDomain(): string {
    return this.#options.universeDomain ?? this.#facts.known.get(factName('universe')) ?? super.universeDomain;
  }

  /** Whether all these scopes are asked for. */
  hasScopes(scopes: ScopesLike): boolean {
    return coversScopes(this.scopes ?? this.defaultScopes, scopes);
  }

  /** A copy that asks for other scopes. It has no token yet. */
  withScopes(scopes: ScopesLike | undefined, defaultScopes?: ScopesLike): this {
    return this.copied({ scopes, defaultScopes }, false);
  }

  /** A copy for another service account of the machine. It has no token yet. */
  withServiceAccount(serviceAccountEmail: string): this {
    return this.copied({ serviceAccountEmail }, false);
  }

  /** A copy for another universe. It has no token yet. */
  withUniverseDomain(universeDomain: string): this {
    return this.copied({ universeDomain }, false);
  }

  /**
   * The project of the machine, asked for once.
   * @throws RefreshError `metadata_unavailable` or `metadata_refused`.
   */
  getProjectId(request?: RequestLike, options?: CallOptions): Promise<string>;
  /** @internal The same, given up after this time in all. */
  getProjectId(request: RequestLike | undefined, options: CallOptions, timeoutMs: number): Promise<string>;
  async getProjectId(request?: RequestLike, options?: CallOptions, timeoutMs?: number): Promise<string> {
    return await this.#learn('project', request, options, timeoutMs);
  }

  /**
   * The universe of the option, else the machine's, asked for once.
   * @throws RefreshError `metadata_unavailable` or `metadata_refused`.
   */
  async getUniverseDomain(request?: RequestLike, options?: CallOptions): Promise<string> {
    const { universeDomain } = this.#options;
    return universeDomain ?? (await this.#learn('universe', request, options));
  }

  /**
   * The e-mail address of the service account: the machine is asked once where it is `default`.
   * @throws RefreshError `metadata_unavailable` or `metadata_refused`.
   */
  async getServiceAccountEmail(request?: RequestLike, options?: CallOptions): Promise<string> {
    const account = this.serviceAccountEmail;
    if (account !== DEFAULT_ACCOUNT) return account;
    return await this.#learn('email', request, options);
  }

  /**
   * A signature by the service account, RSA PKCS #1 v1.5 with SHA-256, made by Google's IAM Credentials API: the account
   * needs the role "Service Account Token Creator" on itself.
   * @param bytes A string is signed as UTF-8.
   * @param options What sends the requests, for this call, and what ends the wait.
   * @throws RefreshError `signing_failed`, or why there is no token to ask with.
   */
  async signBytes(
    bytes: Uint8Array | string,
    options: CallOptions & { readonly request?: RequestLike | undefined } = {},
  ): Promise<Uint8Array> {
    const { request, signal } = ownOptions(options, ['request', 'signal']);
    liveSignal({ signal });
    const data = signable(bytes);
    const signing = { request: this.requestFor(request), clock: clockOf(this.#options), signal };
    return await ON_FIRST_USE.use(({ signAsMachine }) => signAsMachine(this, data, signing), signal);
  }

  /** The metadata server, and the service account. */
  override getCredentialInfo(): CredentialInfo {
    const { serviceAccountEmail } = this.#options;
    const known = serviceAccountEmail === DEFAULT_ACCOUNT ? this.#facts.known.get(factName('email')) : undefined;
    const principal = known ?? serviceAccountEmail;
    return Object.freeze({ source: 'metadata server', type: 'VM credentials', principal });
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
    return ON_FIRST_USE.use(({ mintMetadataToken }) => mintMetadataToken(this.#options, request));
  }

  protected override copy(options: Partial<MetadataCredentialsOptions>, keepsToken: boolean): this {
    return new MetadataCredentials({ ...this.#options, ...options }, this, keepsToken) as this;
  }

  #learn(
    fact: MetadataFact,
    request: RequestLike | undefined,
    options: CallOptions | undefined,
    timeoutMs?: number,
  ): Promise<string> {
    const signal = liveSignal(options);
    const asking = { request: this.requestFor(request), clock: clockOf(this.#options), signal, timeoutMs };
    const name = factName(fact);
    return ON_FIRST_USE.use(({ learnOfMachine }) => learnOfMachine(this.#facts, name, fact, asking), signal);
  }
}

/** Another host may stand for another machine: what one of them said is not taken for the other. */
function factName(fact: MetadataFact): string {
  return `${namedMetadataHost()} ${fact}`;
}
