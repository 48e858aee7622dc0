/** The hash that each algorithm is made with. */
import type { SigningAlgorithm } from './signer.js';

/** What Node calls the hash of an algorithm, whose digits are those of its name. */
export function hashOf(algorithm: SigningAlgorithm): string {
  return `sha${algorithm.slice('RS'.length)}`;
}
