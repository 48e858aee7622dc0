/** Which algorithm a key is for: each key fits one, so that nothing that a token says can choose another. */
import type { KeyObject } from 'node:crypto';
import type { SigningAlgorithm } from './signer.js';

/** All algorithms, and what to say of a key that is for each, after its name. */
export const ALGORITHMS: Readonly<Record<SigningAlgorithm, string>> = Object.freeze({
  RS256: 'is an RSA key',
  ES256: 'is an EC key on the curve P-256',
  ES384: 'is an EC key on the curve P-384',
});

/** {@link https://www.rfc-editor.org/rfc/rfc7518#section-3.3 | RFC 7518 §3.3} forbids shorter ones. */
const SHORTEST_MODULUS_BITS = 2048;

/** What a key is for; or why it is for nothing, which is to be said after its name: `is a shared secret`. */
export type KeyPurpose = SigningAlgorithm | `is ${string}`;

/** Whether the value names one of the algorithms. */
export function isSigningAlgorithm(value: unknown): value is SigningAlgorithm {
  return typeof value === 'string' && Object.hasOwn(ALGORITHMS, value);
}

/** The one algorithm that a key is for, or why it is for none. */
export function purposeOf({ asymmetricKeyType: type, asymmetricKeyDetails: details = {} }: KeyObject): KeyPurpose {
  const { modulusLength = 0, publicExponent = 0n, namedCurve } = details;
  if (type === 'rsa') {
    if (modulusLength < SHORTEST_MODULUS_BITS)
      return `is an RSA key of ${modulusLength} bits, which is too short to be safe`;
    // With the exponent 1 everybody can sign, without the private key.
    return publicExponent < 3n ? 'is an RSA key with an exponent that protects nothing' : 'RS256';
  }
  if (namedCurve === 'prime256v1') return 'ES256';
  if (namedCurve === 'secp384r1') return 'ES384';
  if (type === 'ec')
    return namedCurve === undefined ? 'is an EC key on an unknown curve' : `is an EC key on the curve ${namedCurve}`;
  if (type === 'rsa-pss') return 'is an RSA-PSS key, with which RS256 cannot be made';
  return type === undefined ? 'is a shared secret' : `is a key of the type ${type}`;
}
