/** A token that somebody else obtained and will replace. */
import { requireHeaderSafe } from '../base/header-value.js';
import { isObject } from '../base/is-object.js';
import { judgedOptions } from '../base/option-record.js';
import { optional } from '../base/option-rules.js';
import { RefreshError } from '../errors.js';
import { AccessToken } from '../tokens/access-token.js';
import { TokenCell } from '../tokens/token-cell.js';
import { TokenSet } from '../tokens/token-set.js';
import type { InvalidateOptions } from './call-options.js';
import { clockOf, credentialsRules, type CredentialsOptions } from './credentials-options.js';
import { Credentials } from './credentials.js';
import { expiresAtOf, requireDate } from './expiry.js';

/** Options of {@link StaticCredentials}. */
export interface StaticCredentialsOptions extends CredentialsOptions {
  /** The access token. */
  readonly token: string;
  /** When it ends; left out where it never does. */
  readonly expiry?: Date | undefined;
}

/** Credentials that hold one token and cannot get another. */
export class StaticCredentials extends Credentials {
  readonly #options: StaticCredentialsOptions;

  /**
   * @param token The access token, or options with it.
   * @param share Credentials with the same token and end, whose cell is shared.
   * @throws TypeError for a token that could not stand in a header, an invalid date, or credentials that hold another token.
   */
  constructor(token: string | StaticCredentialsOptions, share?: StaticCredentials) {
    const options = judgedOptions<StaticCredentialsOptions>(isObject(token) ? token : { token }, {
      token: requireHeaderSafe,
      expiry: optional(requireDate),
      ...credentialsRules(),
    });
    if (share !== undefined) requireSameToken(share, options);
    super(options, share ?? cellOf(options));
    this.#options = options;
    if (new.target === StaticCredentials) Object.freeze(this);
  }

  /** Keeps the token: there is no other. An API that refuses it gets to say so. */
  override invalidate(_rejected: string, _options?: InvalidateOptions): boolean {
    return false;
  }

  protected override fetchToken(): Promise<TokenSet> {
    return Promise.reject(
      new RefreshError(
        'not_refreshable',
        'Static credentials hold one token and cannot get another. Make new ones with a new token.',
      ),
    );
  }

  protected override copy(options: Partial<StaticCredentialsOptions>): this {
    return new StaticCredentials({ ...this.#options, ...options }, this) as this;
  }
}

/** The shared cell would win, and requests would go out with a token that nobody named. */
function requireSameToken(share: unknown, { token, expiry }: StaticCredentialsOptions): void {
  const expiresAt = expiresAtOf(expiry, 'expiry');
  const isSame = share instanceof StaticCredentials && share.token === token && share.expiry?.getTime() === expiresAt;
  if (!isSame) throw new TypeError('"share" must be StaticCredentials with the same token and expiry');
}

function cellOf(options: StaticCredentialsOptions): TokenCell {
  const accessToken = new AccessToken(options.token, { expiresAt: expiresAtOf(options.expiry, 'expiry') });
  return new TokenCell({ clock: clockOf(options), tokens: new TokenSet({ accessToken }) });
}
