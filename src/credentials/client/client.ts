/** Credentials of a client that asks for itself, at any OAuth 2.0 server (RFC 6749 §4.4). */
import type { ScopesLike } from '../../base/scopes.js';
import type { TokenSet } from '../../tokens/token-set.js';
import type { Transport } from '../../transport/transport.js';
import { coversScopes } from '../covered-scopes.js';
import { Credentials, type CredentialInfo } from '../credentials.js';
import { ON_FIRST_USE } from '../on-first-use.js';
import { clientOptions, type ClientCredentialsOptions, type ClientRecord } from './client-options.js';

/** Credentials of a client that asks for itself. */
export class ClientCredentials extends Credentials {
  readonly #options: Readonly<ClientRecord>;

  /**
   * @param options Copied and frozen.
   * @param share Credentials whose token means the same.
   * @throws TypeError for an option that is missing or of the wrong type.
   * @throws ConfigurationError `endpoint_refused` for an endpoint that a secret must not be sent to.
   */
  constructor(options: ClientCredentialsOptions, share?: ClientCredentials) {
    const record = clientOptions(options);
    super(record, share);
    this.#options = record;
    if (new.target === ClientCredentials) Object.freeze(this);
  }

  /** The token endpoint. */
  get tokenUri(): string {
    return this.#options.tokenUri;
  }

  /** The client. */
  get clientId(): string {
    return this.#options.clientId;
  }

  /** The scopes that are asked for. */
  get scopes(): readonly string[] | undefined {
    return this.#options.scopes;
  }

  /** Whether all these scopes are asked for. */
  hasScopes(scopes: ScopesLike): boolean {
    return coversScopes(this.scopes, scopes);
  }

  /** A copy that asks for these scopes. It has no token yet. */
  withScopes(scopes: ScopesLike | undefined): this {
    return this.copied({ scopes }, false);
  }

  /** The client, and where it asks. */
  override getCredentialInfo(): CredentialInfo {
    return Object.freeze({
      source: this.#options.tokenUri,
      type: 'client credentials',
      principal: this.#options.clientId,
    });
  }

  protected override isOwnEndpoint(url: string): boolean {
    return url === this.#options.tokenUri;
  }

  protected override fetchToken(request: Transport): Promise<TokenSet> {
    return ON_FIRST_USE.use(({ mintForClient }) => mintForClient(this.#options, request));
  }

  protected override copy(options: Partial<ClientCredentialsOptions>, keepsToken: boolean): this {
    return new ClientCredentials({ ...this.#options, ...options }, keepsToken ? this : undefined) as this;
  }
}
