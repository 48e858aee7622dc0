/** The public keys of an issuer by their ids. Each is parsed when it is first asked for: a document may hold thousands. */
import { readPublicKey, type PublicKeyLike, type VerificationKey } from './public-key.js';
import type { SigningAlgorithm } from './signer.js';

/** Whoever publishes more keys has to say in each token which of them is meant, since all would have to be parsed to tell. */
const MOST_UNNAMED = 100;

/** Public keys by their ids (`kid`). What cannot be used counts as not there. */
export class KeySet {
  readonly #given = new Map<string, PublicKeyLike[]>();
  readonly #read = new Map<string, VerificationKey | undefined>();

  /** @param entries What is published under each id; of several under one id, the first that can be used counts. */
  constructor(entries: Iterable<readonly [keyId: string, key: PublicKeyLike]>) {
    for (const [keyId, key] of entries) {
      const given = this.#given.get(keyId);
      if (given === undefined) this.#given.set(keyId, [key]);
      else given.push(key);
    }
  }

  /** The ids, those of keys that cannot be used included. */
  get keyIds(): readonly string[] {
    return [...this.#given.keys()];
  }

  /** Whether there is any key that can be used. */
  get isUsable(): boolean {
    return this.keyIds.some((keyId) => this.get(keyId) !== undefined);
  }

  /** Whether anything is published under this id. */
  has(keyId: string): boolean {
    return this.#given.has(keyId);
  }

  /** The key with this id. */
  get(keyId: string): VerificationKey | undefined {
    const given = this.#given.get(keyId);
    if (given === undefined || this.#read.has(keyId)) return this.#read.get(keyId);
    const key = firstUsable(given);
    this.#read.set(keyId, key);
    return key;
  }

  /** The key for this algorithm, where there is exactly one. */
  only(algorithm: SigningAlgorithm): VerificationKey | undefined {
    if (this.#given.size > MOST_UNNAMED) return undefined;
    const keys = this.keyIds.map((keyId) => this.get(keyId));
    const [only, ...others] = keys.filter((key) => key?.algorithm === algorithm);
    return others.length === 0 ? only : undefined;
  }
}

function firstUsable(given: readonly PublicKeyLike[]): VerificationKey | undefined {
  for (const key of given) {
    try {
      return readPublicKey(key, 'The key');
    } catch {
      // It is damaged, or for something else: the next one may do.
    }
  }
  return undefined;
}
