/** One token per audience: self-signed tokens are made for the API that a request goes to, and for no other. */
import { FirstUse } from '../../base/first-use.js';
import { setHeader, type HeadersLike } from '../../base/headers.js';
import { liveSignal } from '../../base/live-signal.js';
import { QUOTA_PROJECT_HEADER } from '../../google/well-known.js';
import type { Signer } from '../../jose/signer.js';
import type { RequestLike } from '../../transport/transport.js';
import type { CallOptions, InvalidateOptions } from '../call-options.js';
import type { Credentials } from '../credentials.js';
import type { HeldAudiences } from './held-audiences.js';
import { requestTarget, type AudienceRule } from './request-audience.js';

const HELD = new FirstUse(async () => (await import('./held-audiences.js')).loadHeldAudiences());

/** What tells audiences apart, and makes the credentials for each. */
export interface AudienceSettings {
  /** How many are held. @default 1000 */
  readonly maxAudiences: number | undefined;
  /** What signs the tokens. */
  readonly signer: Signer;
  /** What of a URL names the audience. */
  readonly rule: AudienceRule;
  /** Credentials that hold the token for this audience, and name no quota project. */
  readonly credentialsFor: (audience: string) => Credentials;
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
export class AudienceTokens {
  readonly #settings: AudienceSettings;
  #held: HeldAudiences | undefined;

  constructor(settings: AudienceSettings) {
    this.#settings = settings;
  }

  /**
   * Puts the token for the URL's audience on a request, with the quota project of whoever asks; at once where one is held.
   * @throws TypeError where the URL does not tell the audience.
   */
  beforeRequest(owner: Credentials, call: RequestCall): Promise<void> {
    const held = typeof call.url === 'string' ? this.#held?.get(this.#settings.rule.guessKey(call.url)) : undefined;
    return held === undefined ? this.#applyOther(owner, call) : applied(held, owner, call);
  }

  /** Drops the token that was rejected, whichever audience it is for. */
  invalidate(rejected: string, options?: InvalidateOptions): boolean {
    return this.#held?.values().some((credentials) => credentials.invalidate(rejected, options)) === true;
  }

  async #applyOther(owner: Credentials, call: RequestCall): Promise<void> {
    const signal = liveSignal(call.options);
    await HELD.use(async (hold) => {
      this.#held ??= hold(this.#settings);
      const use = (credentials: Credentials): Promise<void> => applied(credentials, owner, call);
      await this.#held.use(requestTarget(call.url), use, signal);
    });
  }
}

function applied(held: Credentials, { quotaProjectId }: Credentials, call: RequestCall): Promise<void> {
  const { headers } = call;
  const applying = held.beforeRequest(call.request, call.method, call.url, headers, call.options);
  if (quotaProjectId === undefined) return applying;
  return applying.then(() => {
    setHeader(headers, QUOTA_PROJECT_HEADER, quotaProjectId);
  });
}
