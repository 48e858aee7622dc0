/** A token that somebody else obtained, as credentials: the next one is asked of the service account that it belongs to. */
import { nameClasses } from '../../base/class-name.js';
import type { CredentialsOptions } from '../../credentials/credentials-options.js';
import { Credentials, type CredentialInfo } from '../../credentials/credentials.js';
import type { TokenWay } from '../../credentials/service-account/self-signed-decision.js';
import type { ServiceAccountCredentials } from '../../credentials/service-account/service-account.js';
import type { Signer } from '../../jose/signer.js';
import type { AccessToken } from '../../tokens/access-token.js';
import { TokenSet } from '../../tokens/token-set.js';
import type { Transport } from '../../transport/transport.js';

/** Options of {@link StoredTokenCredentials}. */
export interface StoredTokenOptions extends CredentialsOptions {
  /** Whose token it is. */
  readonly account: ServiceAccountCredentials;
  /** The token, which the first refresh gives. */
  readonly token?: AccessToken | undefined;
}

/** Credentials whose first refresh gives a token that is there already. */
export class StoredTokenCredentials extends Credentials {
  readonly #account: ServiceAccountCredentials;
  #stored: AccessToken | undefined;

  constructor(options: StoredTokenOptions, share?: StoredTokenCredentials) {
    super(options, share);
    this.#account = options.account;
    this.#stored = options.token;
    if (new.target === StoredTokenCredentials) Object.freeze(this);
  }

  /** The token endpoint of the account. */
  get tokenUri(): string {
    return this.#account.tokenUri;
  }

  /** The account's e-mail address. */
  get serviceAccountEmail(): string {
    return this.#account.serviceAccountEmail;
  }

  /** What signs for the account. */
  get signer(): Signer {
    return this.#account.signer;
  }

  /** How the account's next token is had. */
  get ownTokenWay(): TokenWay | undefined {
    return this.#account.ownTokenWay;
  }

  /** The user acted for, where there is one. */
  get subject(): string | undefined {
    return this.#account.subject;
  }

  /** The account, and where its key came from. */
  override getCredentialInfo(): CredentialInfo {
    return this.#account.getCredentialInfo();
  }

  static {
    nameClasses({ StoredTokenCredentials: this });
  }

  protected override async fetchToken(
    request: Transport,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<TokenSet> {
    const stored = this.#stored;
    this.#stored = undefined;
    // What is sent goes through the transport of this flight, which repeats it where somebody waits.
    const token = stored ?? (await this.#account.refresh(request, { signal, singleAttempt: true }));
    return new TokenSet({ accessToken: token });
  }

  protected override copy(options: Partial<StoredTokenOptions>, keepsToken: boolean): this {
    return new StoredTokenCredentials({ account: this.#account, ...options }, keepsToken ? this : undefined) as this;
  }
}
