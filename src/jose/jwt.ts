/** Makes JSON web tokens, and takes them apart ({@link https://www.rfc-editor.org/rfc/rfc7519 | RFC 7519}, JWS compact serialisation). */
import { toBase64url } from '../base/base64url.js';
import { toJsonObject } from '../base/json.js';
import { ownOptions } from '../base/option-record.js';
import { DecodedJwt } from './decoded-jwt.js';
import { KeySigner } from './key-signer.js';
import { requireSignature } from './signature.js';
import type { Signer, SignOptions } from './signer.js';

/** What a JWT is made with besides its claims. */
export interface EncodeJwtOptions extends SignOptions {
  /** Members to add to the header, or to replace `typ` and `kid` with. `alg` is the signer's. */
  readonly header?: object | undefined;
}

/**
 * A signed JWT with these claims. Its header has `alg`, `typ`, and `kid` where the signer knows it.
 * @throws RefreshError `signing_failed`, or what else the signer throws; the signal's reason.
 * @throws TypeError where the claims are no object, or the header asks for another algorithm than the signer's.
 */
export async function encodeJwt(signer: Signer, claims: object, options: EncodeJwtOptions = {}): Promise<string> {
  const { header, signal } = ownOptions(options, ['header', 'signal']);
  const input = `${encodedHeader(signer, header)}.${encoded(claims, 'claims')}`;
  return `${input}.${toBase64url(requireSignature(await signer.sign(input, { signal })))}`;
}

/**
 * The parts of a JWT. Nothing is verified: whoever wrote it may have written anything.
 * @throws VerificationError `token_malformed` where it is no JWT.
 */
export function decodeJwt(token: string): DecodedJwt {
  return new DecodedJwt(token);
}

/** The header of a key never changes. */
const KEY_HEADERS = new WeakMap<KeySigner, string>();

function encodedHeader(signer: Signer, extra: object | undefined): string {
  if (extra !== undefined || !(signer instanceof KeySigner)) return encoded(headerOf(signer, extra), 'header');
  const known = KEY_HEADERS.get(signer);
  if (known !== undefined) return known;
  const header = encoded(headerOf(signer), 'header');
  KEY_HEADERS.set(signer, header);
  return header;
}

function headerOf({ algorithm, keyId }: Signer, extra: object = {}): object {
  const header = { alg: algorithm, typ: 'JWT', ...(keyId === undefined ? {} : { kid: keyId }), ...extra };
  if (header.alg !== algorithm) throw new TypeError('"header.alg" must be the algorithm of the signer, or left out');
  return header;
}

function encoded(part: object, name: string): string {
  const record = toJsonObject(part);
  if (record === undefined) throw new TypeError(`"${name}" must be an object`);
  return toBase64url(JSON.stringify(record));
}
