/** Which algorithm a key is for: each key fits one, so that nothing that a token says can choose another. */
import type { KeyObject } from 'node:crypto';
import type { SigningAlgorithm } from './signer.js';

/** All algorithms, by the hash that each is made with. */
export const HASHES: Readonly<Record<SigningAlgorithm, string>> = Object.freeze({
  RS256: 'sha256',
  ES256: 'sha256',
  ES384: 'sha384',
});

/** {@link https://www.rfc-editor.org/rfc/rfc7518#section-3.3 | RFC 7518 §3.3} forbids shorter ones. */
const SHORTEST_MODULUS_BITS = 2048;

/** What a key is for, or why it is for nothing. */
export type KeyPurpose =
  | { readonly algorithm: SigningAlgorithm; readonly fault?: never }
  | { readonly algorithm?: never; readonly fault: string };

/** Whether the value names one of the algorithms. */
export function isSigningAlgorithm(value: unknown): value is SigningAlgorithm {
  return typeof value === 'string' && Object.hasOwn(HASHES, value);
}

/** The one algorithm that an asymmetric key is for; where there is none, what to say of it after its name: `is a DSA key`. */
export function purposeOf(key: KeyObject): KeyPurpose {
  const type = key.asymmetricKeyType;
  if (type === 'rsa') return rsaPurpose(key);
  if (type === 'ec') return curvePurpose(key.asymmetricKeyDetails?.namedCurve);
  if (type === 'rsa-pss') return { fault: 'is an RSA-PSS key, with which RS256 cannot be made' };
  return { fault: type === undefined ? 'is a shared secret' : `is a key of the type ${type}` };
}

/** What to say of a key that is for this algorithm, after its name. */
export function descriptionOf(algorithm: SigningAlgorithm): string {
  switch (algorithm) {
    case 'RS256':
      return 'is an RSA key';
    case 'ES256':
      return 'is an EC key on the curve P-256';
    case 'ES384':
      return 'is an EC key on the curve P-384';
  }
}

function rsaPurpose({ asymmetricKeyDetails: { modulusLength = 0, publicExponent = 0n } = {} }: KeyObject): KeyPurpose {
  if (modulusLength < SHORTEST_MODULUS_BITS)
    return { fault: `is an RSA key of ${modulusLength} bits, which is too short to be safe` };
  // With the exponent 1 everybody can sign, without the private key.
  if (publicExponent < 3n) return { fault: 'is an RSA key with an exponent that protects nothing' };
  return { algorithm: 'RS256' };
}

function curvePurpose(curve: string | undefined): KeyPurpose {
  if (curve === 'prime256v1') return { algorithm: 'ES256' };
  if (curve === 'secp384r1') return { algorithm: 'ES384' };
  return { fault: `is an EC key on ${curve === undefined ? 'an unknown curve' : `the curve ${curve}`}` };
}
