/** A function as credentials: what it gives is cached, shared and put on requests as every other token. */
import { nameClasses } from '../../base/class-name.js';
import { isHeaderSafe } from '../../base/header-value.js';
import { ownOptions } from '../../base/option-record.js';
import { CREDENTIALS_OPTIONS, type CredentialsOptions } from '../../credentials/credentials-options.js';
import { Credentials } from '../../credentials/credentials.js';
import { RefreshError } from '../../errors.js';
import { AccessToken } from '../../tokens/access-token.js';
import { TokenSet } from '../../tokens/token-set.js';
import type { Transport } from '../../transport/transport.js';
import type { TokenFunction } from './token-source.js';

/** Options of {@link FunctionCredentials}. */
export interface FunctionCredentialsOptions extends CredentialsOptions {
  /** Gets a token. */
  readonly source: TokenFunction;
}

/** Credentials whose tokens a function gets. */
export class FunctionCredentials extends Credentials {
  readonly #options: FunctionCredentialsOptions;

  /**
   * @param options Copied and frozen.
   * @param share Credentials whose token means the same.
   */
  constructor(options: FunctionCredentialsOptions, share?: FunctionCredentials) {
    super(options, share);
    this.#options = ownOptions(options, [...CREDENTIALS_OPTIONS, 'source']);
    if (new.target === FunctionCredentials) Object.freeze(this);
  }

  static {
    nameClasses({ FunctionCredentials: this });
  }

  protected override async fetchToken(
    request: Transport,
    options: { readonly signal: AbortSignal },
  ): Promise<TokenSet> {
    return tokenSetOf(await this.#options.source(request, options));
  }

  protected override copy(options: Partial<FunctionCredentialsOptions>, keepsToken: boolean): this {
    return new FunctionCredentials({ ...this.#options, ...options }, keepsToken ? this : undefined) as this;
  }
}

function tokenSetOf(sourced: unknown): TokenSet {
  if (sourced instanceof TokenSet) return sourced;
  if (sourced instanceof AccessToken) return new TokenSet({ accessToken: sourced });
  if (typeof sourced !== 'object' || sourced === null) throw invalid('an AccessToken, a TokenSet or { token, expiry }');
  const token = 'token' in sourced ? sourced.token : undefined;
  const expiry = 'expiry' in sourced ? sourced.expiry : undefined;
  if (!isHeaderSafe(token)) throw invalid('a "token" that is a non-empty string of visible ASCII characters');
  if (!(expiry instanceof Date) || Number.isNaN(expiry.getTime())) throw invalid('an "expiry" that is a valid Date');
  return new TokenSet({ accessToken: new AccessToken(token, { expiresAt: expiry.getTime() }) });
}

function invalid(what: string): RefreshError {
  return new RefreshError('handler_result_invalid', `The source function must give ${what}.`);
}
