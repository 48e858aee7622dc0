/** One token per audience: self-signed tokens are made for the API that a request goes to, and for no other. */
import type { FirstUse } from '../../base/first-use.js';
import { setHeader, type HeadersLike } from '../../base/headers.js';
import { liveSignal } from '../../base/live-signal.js';
import { QUOTA_PROJECT_HEADER } from '../../google/well-known.js';
import type { RequestLike } from '../../transport/transport.js';
import type { CallOptions, InvalidateOptions } from '../call-options.js';
import type { Credentials } from '../credentials.js';
import type { HeldAudiences } from './held-audiences.js';

/** What the URL tells a kind. */
export interface AudienceKind<Made> {
  /** A guess at the key of a URL's audience. */
  readonly guessKey: (url: string) => string;
  /** Holds the tokens of credentials that were made with these options. */
  readonly holding: FirstUse<(made: Readonly<Made>) => HeldAudiences>;
}

/** The arguments of `beforeRequest`. */
export interface RequestCall {
  readonly request: RequestLike | undefined;
  readonly method: string;
  readonly url: string;
  readonly headers: HeadersLike;
  readonly options: CallOptions | undefined;
}

/** The tokens of credentials and of their copies. */
export class AudienceTokens<Made> {
  readonly #kind: AudienceKind<Made>;
  readonly #made: Readonly<Made>;
  #held: HeldAudiences | undefined;

  /** @param made The options that the credentials were made with. */
  constructor(kind: AudienceKind<Made>, made: Readonly<Made>) {
    this.#kind = kind;
    this.#made = made;
  }

  /**
   * Puts the token for the URL's audience on a request, with the quota project of whoever asks; at once where one is held.
   * @throws TypeError where the URL does not tell the audience.
   */
  beforeRequest(owner: Credentials, call: RequestCall): Promise<void> {
    const known = typeof call.url === 'string' ? this.#held?.get(this.#kind.guessKey(call.url)) : undefined;
    return known === undefined ? this.#applyOther(owner, call) : applied(known, owner, call);
  }

  /** Drops the token that was rejected, whichever audience it is for. */
  invalidate(rejected: string, options?: InvalidateOptions): boolean {
    return this.#held?.values().some((credentials) => credentials.invalidate(rejected, options)) === true;
  }

  async #applyOther(owner: Credentials, call: RequestCall): Promise<void> {
    const signal = liveSignal(call.options);
    await this.#kind.holding.use((hold) => (this.#held ??= hold(this.#made)).apply(owner, call, signal), signal);
  }
}

/** Puts the token of an audience on a request. */
export function applied(held: Credentials, { quotaProjectId }: Credentials, call: RequestCall): Promise<void> {
  const { headers } = call;
  const applying = held.beforeRequest(call.request, call.method, call.url, headers, call.options);
  if (quotaProjectId === undefined) return applying;
  return applying.then(() => {
    setHeader(headers, QUOTA_PROJECT_HEADER, quotaProjectId);
  });
}
