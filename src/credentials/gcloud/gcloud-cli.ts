/** Credentials of whoever is signed in to gcloud on this machine (google-auth's `UserAccessTokenCredentials`). */
import type { TokenSet } from '../../tokens/token-set.js';
import type { Transport } from '../../transport/transport.js';
import { cellOf, Credentials, type CredentialInfo } from '../credentials.js';
import { ON_FIRST_USE } from '../on-first-use.js';
import { gcloudOptions, type GcloudCliCredentialsOptions } from './gcloud-options.js';

/**
 * Credentials of whoever is signed in to gcloud: for scripts and tools on a developer's machine. gcloud is run once for each
 * token, and by no request that finds one; it refreshes its own token when that has five minutes left.
 *
 * @example
 * ```ts
 * const credentials = new GcloudCliCredentials({ quotaProjectId: 'my-project' });
 * ```
 */
export class GcloudCliCredentials extends Credentials {
  readonly #options: Readonly<GcloudCliCredentialsOptions>;

  /**
   * @param options Copied and frozen. Nothing is run before a token is needed.
   * @param share Credentials of the same account, whose token and refresh are shared.
   * @throws TypeError for an option of the wrong type.
   */
  constructor(options: GcloudCliCredentialsOptions = {}, share?: GcloudCliCredentials) {
    const own = gcloudOptions(options);
    super(own, share);
    if (share !== undefined && !(#options in share)) throw new TypeError('"share" must be GcloudCliCredentials');
    this.#options = own;
    if (new.target === GcloudCliCredentials) Object.freeze(this);
  }

  /** The account whose token is asked for; `undefined` for gcloud's active one. */
  get account(): string | undefined {
    return this.#options.account;
  }

  /** A copy for another account, or for gcloud's active one. It has no access token yet. */
  withAccount(account: string | undefined): this {
    return this.copied({ account }, false);
  }

  /** Where they come from: gcloud, with the account where one was named. */
  override getCredentialInfo(): CredentialInfo {
    const { account } = this.#options;
    const principal = account === undefined ? {} : { principal: account };
    return Object.freeze({ source: 'gcloud', type: 'gcloud credentials', ...principal });
  }

  protected override fetchToken(_request: Transport, { signal }: { readonly signal: AbortSignal }): Promise<TokenSet> {
    return ON_FIRST_USE.use(({ mintAnother }) => mintAnother(this.#options, cellOf(this), signal));
  }

  protected override copy(options: Partial<GcloudCliCredentialsOptions>, keepsToken: boolean): this {
    return new GcloudCliCredentials({ ...this.#options, ...options }, keepsToken ? this : undefined) as this;
  }
}
