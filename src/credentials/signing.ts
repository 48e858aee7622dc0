/** Credentials that can sign: what signed URLs, JWTs of one's own and impersonation build on (google-auth's `Signing`). */
import type { Signer } from '../jose/signer.js';

/** What signing credentials offer. */
export interface SigningCredentials {
  /** Signs with the key of the service account. */
  readonly signer: Signer;
  /** Whose signature it is. */
  readonly signerEmail: string;
  /** A signature over these bytes: RSA PKCS #1 v1.5 with SHA-256 for Google's keys. */
  signBytes(bytes: Uint8Array | string): Promise<Uint8Array>;
}

/** @throws TypeError where it is no signer. */
export function requireSigner(value: unknown, argument: string): Signer {
  if (isSigner(value)) return value;
  throw new TypeError(`"${argument}" must be a signer, such as KeySigner.fromPem() makes`);
}

function isSigner(value: unknown): value is Signer {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'sign') === 'function' &&
    typeof Reflect.get(value, 'algorithm') === 'string'
  );
}
