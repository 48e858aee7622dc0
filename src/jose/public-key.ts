/** Reads public keys, in whichever form they come, and tells what they are for. */
import type { KeyObject } from 'node:crypto';
import { toJsonObject } from '../base/json.js';
import { isSigningAlgorithm, purposeOf } from './algorithms.js';
import { invalidKey } from './invalid-key.js';
import { keyFromJwk } from './jwk.js';
import { derOf, readPem } from './pem.js';
import type { SigningAlgorithm } from './signer.js';

/** A public key: parsed, as a JSON web key, or as PEM of a key or of a certificate. Parsed ones are the quickest. */
export type PublicKeyLike = KeyObject | object | string;

/** A public key, and the one algorithm that it is for. */
export interface VerificationKey {
  /** The parsed key. */
  readonly key: KeyObject;
  /** The algorithm. */
  readonly algorithm: SigningAlgorithm;
}

type Parser = (der: Buffer) => KeyObject;

/** How to parse a block, by its label. */
const PARSERS: ReadonlyMap<string, Parser> = new Map<string, Parser>([
  ['PUBLIC KEY', (key) => nodeCrypto().createPublicKey({ key, type: 'spki', format: 'der' })],
  ['RSA PUBLIC KEY', (key) => nodeCrypto().createPublicKey({ key, type: 'pkcs1', format: 'der' })],
  ['CERTIFICATE', (certificate) => new (nodeCrypto().X509Certificate)(certificate).publicKey],
]);
const REMEDY = 'Give a public key: an RSA key of at least 2048 bits, or an EC key on P-256 or P-384.';

/**
 * Reads a public key. The dates of a certificate are not looked at: whoever publishes it vouches for it.
 * @param where - What messages call the key.
 * @throws ConfigurationError `invalid_key` that says what is wrong, and quotes nothing.
 * @throws TypeError where it is no key at all.
 */
export function readPublicKey(given: PublicKeyLike, where: string): VerificationKey {
  const key = parsed(given, where);
  if (key.type === 'private') throw invalidKey(where, 'is a private key', REMEDY);
  const algorithm = purposeOf(key);
  if (!isSigningAlgorithm(algorithm)) throw invalidKey(where, algorithm, REMEDY);
  return Object.freeze({ key, algorithm });
}

function parsed(given: unknown, where: string): KeyObject {
  if (typeof given === 'string') return fromPem(given, where);
  if (given instanceof nodeCrypto().KeyObject) return given;
  const jwk = toJsonObject(given);
  if (jwk === undefined) throw new TypeError('"key" must be a KeyObject, a JSON web key, or PEM');
  const key = keyFromJwk(jwk);
  if (key === undefined) throw invalidKey(where, 'is no JSON web key that signatures can be verified with', REMEDY);
  return key;
}

function fromPem(pem: string, where: string): KeyObject {
  const blocks = readPem(pem, where);
  const block = blocks.find(({ label }) => PARSERS.has(label));
  const parse = PARSERS.get(block?.label ?? '');
  if (block === undefined || parse === undefined) {
    const isPrivate = blocks.some(({ label }) => label.endsWith('PRIVATE KEY'));
    throw invalidKey(where, isPrivate ? 'is a private key' : 'is PEM of something that is no public key', REMEDY);
  }
  const der = derOf(block, where);
  try {
    return parse(der);
  } catch (cause) {
    // OpenSSL's reasons are numbers and words of its own; it quotes nothing.
    throw invalidKey(where, 'is damaged, or of a kind that is not known', REMEDY, cause);
  }
}

function nodeCrypto(): typeof import('node:crypto') {
  return process.getBuiltinModule('node:crypto');
}
