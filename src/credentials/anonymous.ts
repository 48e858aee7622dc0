/** No credentials at all, for APIs that need none and for emulators. */
import type { HeadersLike } from '../base/headers.js';
import { RefreshError } from '../errors.js';
import type { TokenSet } from '../tokens/token-set.js';
import type { TokenState } from '../tokens/token-state.js';
import type { RequestLike } from '../transport/transport.js';
import type { CallOptions, InvalidateOptions } from './call-options.js';
import { Credentials } from './credentials.js';

/** Credentials that leave every request as it is. They are always valid. */
export class AnonymousCredentials extends Credentials {
  /** There is nothing to give. */
  constructor() {
    super({});
    if (new.target === AnonymousCredentials) Object.freeze(this);
  }

  /** Always `false`: there is nothing to expire. */
  override get expired(): boolean {
    return false;
  }

  /** Always `true`. */
  override get valid(): boolean {
    return true;
  }

  /** Always `fresh`, as {@link AnonymousCredentials.valid} says. */
  override get tokenState(): TokenState {
    return 'fresh';
  }

  /** Leaves the request as it is. */
  override beforeRequest(
    _request: RequestLike | undefined,
    _method: string,
    _url: string,
    _headers: HeadersLike,
    _options?: CallOptions,
  ): Promise<void> {
    return Promise.resolve();
  }

  /** Leaves the headers as they are. */
  override tryApply(_headers: HeadersLike): boolean {
    return true;
  }

  /**
   * Leaves the headers as they are.
   * @throws TypeError where a token is given.
   */
  override apply(_headers: HeadersLike, token?: string): void {
    if (token !== undefined) throw new TypeError('"token" must be left out: anonymous credentials apply none');
  }

  /** There is no token to drop. */
  override invalidate(_rejected: string, _options?: InvalidateOptions): boolean {
    return false;
  }

  protected override fetchToken(): Promise<TokenSet> {
    return Promise.reject(
      new RefreshError('not_refreshable', 'Anonymous credentials cannot be refreshed: they hold no token.'),
    );
  }

  /** A quota project is counted for whoever signs in; nobody does. */
  protected override copy(): this {
    return this;
  }
}
