/** Verifies the ID tokens of one issuer, whose keys it keeps. */
import { FirstUse } from '../base/first-use.js';
import { liveSignal } from '../base/live-signal.js';
import type { CallOptions } from '../credentials/call-options.js';
import type { IdTokenVerifierOptions } from './id-token-options.js';
import { verifierTerms, type IdTokenTerms } from './id-token-terms.js';
import type { IssuerKeys } from './issuer-keys.js';
import type { VerifiedIdToken } from './verified-id-token.js';

const VERIFICATION = new FirstUse(() => Promise.all([import('./judgement.js'), import('./issuer-keys.js')]));

/** Verifies ID tokens by rules that are checked once, and keys that it shares with nobody: for any OpenID issuer. */
export class IdTokenVerifier {
  readonly #terms: IdTokenTerms;
  #keys: IssuerKeys | undefined;

  /**
   * @param options Copied and frozen.
   * @throws TypeError for an option that is missing, unknown or of the wrong type.
   * @throws ConfigurationError `endpoint_refused` for a `certsUrl` that is neither https nor this machine's.
   */
  constructor(options: IdTokenVerifierOptions) {
    this.#terms = verifierTerms(options);
    if (new.target === IdTokenVerifier) Object.freeze(this);
  }

  /**
   * What the token says, once its signature, times, issuer and audience have been checked.
   * @throws VerificationError that says why the token is not to be believed; with `retryable`, that nobody can tell for now.
   */
  async verify(token: string, options: CallOptions = {}): Promise<VerifiedIdToken> {
    const signal = liveSignal(options);
    return await VERIFICATION.use(([{ judgeIdToken }, { IssuerKeys }]) => {
      this.#keys ??= new IssuerKeys(this.#terms);
      return judgeIdToken(token, this.#terms, this.#keys, signal);
    }, signal);
  }
}
