/** Key pairs that sign JWTs, and the JWTs they sign (RFC 7515, RFC 7518 §3). */
import type { KeyObject } from 'node:crypto';
import { createHash, createPrivateKey, createPublicKey, generateKeyPair, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { JsonObject } from '../../base/json.js';

/** How a key signs. */
export type SigningAlgorithm = 'RS256' | 'ES256';

/** A key pair with the name that tokens call it by. */
export interface SigningKey {
  readonly algorithm: SigningAlgorithm;
  readonly keyId: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/**
 * Makes a new key pair. One for RS256 takes a tenth of a second and more.
 *
 * Its keys are parsed anew. Node 20 shares a lock between a key and the job that made it: where the garbage collector comes for the job
 * while the key is exported as a JWK, the process waits for itself, for ever.
 */
export async function makeSigningKey(algorithm: SigningAlgorithm): Promise<SigningKey> {
  const made = await (algorithm === 'RS256' ? makeRsaPair() : makeEcPair());
  const privateKey = createPrivateKey(made.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const encoded = made.publicKey.export({ type: 'spki', format: 'der' });
  const publicKey = createPublicKey({ key: encoded, type: 'spki', format: 'der' });
  return { algorithm, keyId: createHash('sha1').update(encoded).digest('hex'), privateKey, publicKey };
}

/** The signature of a key over some bytes, as it stands in a JWT. */
export function signBytes(key: Pick<SigningKey, 'privateKey'>, data: string | Uint8Array): Buffer {
  return sign('sha256', Buffer.from(data), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
}

/** A JWT with these claims. Members of `header` come on top of `alg`, `kid` and `typ`; `undefined` takes one away. */
export function signJwt(key: SigningKey, claims: JsonObject, header: JsonObject = {}): string {
  const input = signingInput({ alg: key.algorithm, kid: key.keyId, typ: 'JWT', ...header }, claims);
  return `${input}.${signBytes(key, input).toString('base64url')}`;
}

/** What the signature of a JWT is made over. */
export function signingInput(header: JsonObject, claims: JsonObject): string {
  return `${base64urlJson(header)}.${base64urlJson(claims)}`;
}

function makeRsaPair(): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  return promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
}

function makeEcPair(): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  return promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
}

function base64urlJson(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
