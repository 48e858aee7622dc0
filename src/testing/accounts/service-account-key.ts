/** The keys of service accounts. */
import { randomBytes } from 'node:crypto';
import type { SigningAlgorithm, SigningKey } from '../keys/signing-key.js';
import { makeSigningKey } from '../keys/signing-key.js';

let sharedPair: Promise<SigningKey> | undefined;

/**
 * Issues a key with an id of its own.
 * @param ownPair - Whether nobody else has the key pair. Otherwise RSA keys share one pair: making one takes a tenth of a
 * second and more.
 */
export async function issueAccountKey(algorithm: SigningAlgorithm, ownPair: boolean): Promise<SigningKey> {
  const shared = algorithm === 'RS256' && !ownPair;
  const key = await (shared ? (sharedPair ??= makeSigningKey('RS256')) : makeSigningKey(algorithm));
  return { ...key, keyId: randomBytes(20).toString('hex') };
}
