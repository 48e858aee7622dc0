/** An API key, sent as `x-goog-api-key`. */
import { requireHeaderSafe } from '../base/header-value.js';
import { setHeader, type HeadersLike } from '../base/headers.js';
import { isObject } from '../base/is-object.js';
import { judgedOptions } from '../base/option-record.js';
import { API_KEY_HEADER, QUOTA_PROJECT_HEADER } from '../google/well-known.js';
import { AccessToken } from '../tokens/access-token.js';
import { TokenCell } from '../tokens/token-cell.js';
import { TokenSet } from '../tokens/token-set.js';
import type { InvalidateOptions } from './call-options.js';
import { clockOf, credentialsRules, type CredentialsOptions } from './credentials-options.js';
import { Credentials } from './credentials.js';

/** Options of {@link ApiKeyCredentials}. */
export interface ApiKeyCredentialsOptions extends CredentialsOptions {
  /** The API key. */
  readonly key: string;
}

const SCHEME = 'Bearer ';

/** Credentials that put an API key on every request. They never expire. */
export class ApiKeyCredentials extends Credentials {
  readonly #options: ApiKeyCredentialsOptions;

  /**
   * @param key The API key, or options with it.
   * @param share Credentials with the same key, whose cell is shared.
   * @throws TypeError for a key that could not stand in a header, or credentials that hold another one.
   */
  constructor(key: string | ApiKeyCredentialsOptions, share?: ApiKeyCredentials) {
    const options = judgedOptions<ApiKeyCredentialsOptions>(isObject(key) ? key : { key }, {
      key: requireHeaderSafe,
      ...credentialsRules(),
    });
    if (share !== undefined && !(share instanceof ApiKeyCredentials && share.token === options.key))
      throw new TypeError('"share" must be ApiKeyCredentials with the same key');
    super(options, share ?? new TokenCell({ clock: clockOf(options), tokens: tokensOf(options.key) }));
    this.#options = options;
    if (new.target === ApiKeyCredentials) Object.freeze(this);
  }

  /** Keeps the key: there is no other. An API that refuses it gets to say so. */
  override invalidate(_rejected: string, _options?: InvalidateOptions): boolean {
    return false;
  }

  /** A key never changes, so a refresh gives it back. */
  protected override fetchToken(): Promise<TokenSet> {
    return Promise.resolve(tokensOf(this.#options.key));
  }

  protected override copy(options: Partial<ApiKeyCredentialsOptions>): this {
    return new ApiKeyCredentials({ ...this.#options, ...options }, this) as this;
  }

  protected override writeHeaders(headers: HeadersLike, authorization: string): void {
    setHeader(headers, API_KEY_HEADER, authorization.slice(SCHEME.length));
    if (this.quotaProjectId !== undefined) setHeader(headers, QUOTA_PROJECT_HEADER, this.quotaProjectId);
  }
}

function tokensOf(key: string): TokenSet {
  return new TokenSet({ accessToken: new AccessToken(key) });
}
