/** What makes signatures: a key that is held here, or a service that signs for us. */

/** The algorithms that are signed with ({@link https://www.rfc-editor.org/rfc/rfc7518#section-3.1 | RFC 7518 §3.1}). */
export type SigningAlgorithm = 'RS256' | 'ES256' | 'ES384';

/** What a signature may be given besides the data. */
export interface SignOptions {
  /** Abandons it: the promise rejects with the signal's reason, and what has not begun never does. */
  readonly signal?: AbortSignal | undefined;
}

/** Makes signatures. */
export interface Signer {
  /** Which of the issuer's keys it is (`kid`), where that is known. */
  readonly keyId: string | undefined;
  /** The algorithm of its signatures (`alg`). */
  readonly algorithm: SigningAlgorithm;
  /**
   * A signature over the bytes, or over the text's UTF-8, in the form of JOSE: for the ES algorithms r and s, one after the other. It is
   * never empty, and is waited for 30 s.
   */
  sign(data: string | Uint8Array, options?: SignOptions): Promise<Uint8Array>;
}
