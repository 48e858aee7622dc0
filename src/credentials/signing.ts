/** Credentials that can sign: what signed URLs, JWTs of one's own and impersonation build on (google-auth's `Signing`). */
import { abandonable } from '../base/abandonable.js';
import { isSigningAlgorithm } from '../jose/algorithms.js';
import type { Signer } from '../jose/signer.js';
import { throwIfAborted, type CallOptions } from './call-options.js';

/** What signing credentials offer. */
export interface SigningCredentials {
  /** Signs with the key of the service account. */
  readonly signer: Signer;
  /** Whose signature it is. */
  readonly signerEmail: string;
  /** A signature over these bytes, or over the text's UTF-8: RSA PKCS #1 v1.5 with SHA-256 for Google's keys. */
  signBytes(bytes: Uint8Array | string, options?: CallOptions): Promise<Uint8Array>;
}

/**
 * A signature over these bytes.
 * @throws The signal's reason, and whatever the signer throws.
 */
export async function signWith(
  signer: Signer,
  bytes: Uint8Array | string,
  options: CallOptions | undefined,
): Promise<Uint8Array> {
  throwIfAborted(options);
  const signal = options?.signal;
  return await abandonable(signer.sign(bytes, { signal }), signal);
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
    isSigningAlgorithm(Reflect.get(value, 'algorithm'))
  );
}
