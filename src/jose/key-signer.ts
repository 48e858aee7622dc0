/** Signs with a private key that this process holds. */
import type { KeyObject } from 'node:crypto';
import { FirstUse } from '../base/first-use.js';
import { liveSignal } from '../base/live-signal.js';
import { judgedOptions } from '../base/option-record.js';
import { fitting, ofType, optional, requireText } from '../base/option-rules.js';
import { inspectAs } from '../base/redacted.js';
import { ALGORITHMS, isSigningAlgorithm, purposeOf } from './algorithms.js';
import { invalidKey } from './invalid-key.js';
import { parsePrivateKey } from './private-key.js';
import type { Signer, SigningAlgorithm, SignOptions } from './signer.js';

/** What is known of a private key besides its PEM. */
export interface KeySignerDetails {
  /** Which of the issuer's keys it is: `private_key_id` in a key file, `kid` in a header. */
  readonly keyId?: string | undefined;
  /**
   * The algorithm that the key must be for.
   * @default the one that it is for: RS256 for RSA, ES256 for P-256, ES384 for P-384
   */
  readonly algorithm?: SigningAlgorithm | undefined;
  /**
   * What messages call the key, such as `"private_key" of key.json`.
   * @default 'The private key'
   */
  readonly where?: string | undefined;
}

const SUITABLE = 'Give an RSA key of at least 2048 bits, or an EC key on P-256 or P-384.';

const SIGNATURES = new FirstUse(() => import('./key-signature.js'));

/** Signs with a private key on the thread pool, at most sixteen signatures at a time. The key is parsed once, and is never printed. */
export class KeySigner implements Signer {
  /** Which of the issuer's keys it is (`kid`), where that is known. */
  readonly keyId: string | undefined;
  /** The algorithm that the key is for (`alg`). */
  readonly algorithm: SigningAlgorithm;
  readonly #key: KeyObject;

  private constructor(key: KeyObject, algorithm: SigningAlgorithm, keyId: string | undefined) {
    this.#key = key;
    this.algorithm = algorithm;
    this.keyId = keyId;
    Object.freeze(this);
  }

  /**
   * Parses a private key: PKCS #8, PKCS #1 or SEC 1, with line ends of any kind, escaped ones included.
   * @throws ConfigurationError `invalid_key` that says what is wrong with the key, and never quotes it.
   * @throws TypeError naming the argument that is of the wrong type.
   */
  static fromPem(pem: string, details: KeySignerDetails = {}): KeySigner {
    if (typeof pem !== 'string') throw new TypeError('"pem" must be a string');
    const { keyId, algorithm, where = 'The private key' } = checked(details);
    const key = parsePrivateKey(pem, where);
    const purpose = purposeOf(key);
    if (!isSigningAlgorithm(purpose)) throw invalidKey(where, purpose, SUITABLE);
    if (algorithm !== undefined && algorithm !== purpose) {
      const needed = `${algorithm} needs another: one that ${ALGORITHMS[algorithm]}.`;
      throw invalidKey(where, ALGORITHMS[purpose], needed);
    }
    return new KeySigner(key, purpose, keyId);
  }

  /** A copy with another key id, or with none; it shares the parsed key. */
  withKeyId(keyId: string | undefined): KeySigner {
    return new KeySigner(this.#key, this.algorithm, checked({ keyId }).keyId);
  }

  /**
   * A signature over the bytes, or over the text's UTF-8. For the ES algorithms it is r and s, one after the other (RFC 7518 §3.4).
   * @throws RefreshError `signing_failed`, or the signal's reason.
   * @throws TypeError where the data is neither text nor bytes.
   */
  async sign(data: string | Uint8Array, options?: SignOptions): Promise<Uint8Array> {
    const signal = liveSignal(options);
    const bytes = copied(data);
    const parts = { key: this.#key, algorithm: this.algorithm, bytes };
    return await SIGNATURES.use(({ keySignature }) => keySignature(parts, signal), signal);
  }

  /** A label that tells the algorithm and the key id. */
  toString(): string {
    return `[redacted ${this.algorithm} key${this.keyId === undefined ? '' : ` ${JSON.stringify(this.keyId)}`}]`;
  }

  /** The same label as {@link KeySigner.toString}. */
  toJSON(): string {
    return this.toString();
  }
}

inspectAs(KeySigner, String);

function checked(details: KeySignerDetails): Readonly<KeySignerDetails> {
  return judgedOptions<KeySignerDetails>(details, {
    keyId: optional(requireText),
    algorithm: optional((value, name) =>
      fitting(value, name, isSigningAlgorithm(value), `one of ${Object.keys(ALGORITHMS).join(', ')}`),
    ),
    where: optional(ofType('string')),
  });
}

/** The bytes as they are now: they may have to wait for their turn. */
function copied(data: string | Uint8Array): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  if (data instanceof Uint8Array) return Uint8Array.from(data);
  throw new TypeError('"data" must be a string or a Uint8Array');
}
