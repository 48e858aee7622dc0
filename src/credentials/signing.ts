/** Credentials that can sign: what signed URLs, JWTs of one's own and impersonation build on (google-auth's `Signing`). */
import { liveSignal } from '../base/live-signal.js';
import { isSigningAlgorithm } from '../jose/algorithms.js';
import type { Signer } from '../jose/signer.js';
import type { CallOptions } from './call-options.js';
import { clockOf, type CredentialsOptions } from './credentials-options.js';
import { ON_FIRST_USE } from './on-first-use.js';

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
 * A signature over these bytes, within 30 s.
 * @throws RefreshError `signing_failed`, or what the signer says by one of its own; the signal's reason.
 * @throws TypeError where there is nothing to sign.
 */
export async function signWith(
  own: CredentialsOptions & Pick<SigningCredentials, 'signer'>,
  bytes: Uint8Array | string,
  options: CallOptions | undefined,
): Promise<Uint8Array> {
  const signal = liveSignal(options);
  const data = typeof bytes === 'string' ? bytes : signable(bytes);
  return await ON_FIRST_USE.use(({ signatureBy }) => signatureBy(own.signer, data, clockOf(own), signal), signal);
}

/**
 * The bytes as they are now, or the text's UTF-8: they may change while a token, or a signer, is waited for.
 * @throws TypeError where it is neither.
 */
export function signable(bytes: unknown): Uint8Array {
  if (typeof bytes === 'string') return new TextEncoder().encode(bytes);
  if (ArrayBuffer.isView(bytes)) return new Uint8Array(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  throw new TypeError('"bytes" must be a Uint8Array or a string');
}

/** @throws TypeError where it is no signer, or its key id is none. */
export function requireSigner(value: unknown, argument: string): Signer {
  if (!isSigner(value)) throw new TypeError(`"${argument}" must be a signer, such as KeySigner.fromPem() makes`);
  const { keyId }: { readonly keyId: unknown } = value;
  if (keyId === undefined || (typeof keyId === 'string' && keyId !== '')) return value;
  throw new TypeError(`"${argument}.keyId" must be a non-empty string, or left out`);
}

function isSigner(value: unknown): value is Signer {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'sign') === 'function' &&
    isSigningAlgorithm(Reflect.get(value, 'algorithm'))
  );
}
