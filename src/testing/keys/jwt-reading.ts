/** Takes JWTs apart and judges their signatures, with node:crypto alone (RFC 7515, RFC 7519). */
import { verify } from 'node:crypto';
import type { JsonObject } from '../../base/json.js';
import { parseJsonObject } from '../../base/json.js';
import type { SigningKey } from './signing-key.js';

/** A JWT that is well formed; nothing of it has been judged. */
export interface ReadJwt {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  /** What the signature is made over. */
  readonly input: string;
  readonly signature: Buffer;
}

const BASE64URL = /^[\w-]*$/;

/** Takes a JWT apart; `undefined` where it is none: three parts, of which the first two are JSON objects. */
export function readJwt(token: string): ReadJwt | undefined {
  const parts = token.split('.');
  const [first = '', second = '', third = ''] = parts;
  if (parts.length !== 3 || !parts.every((part) => BASE64URL.test(part))) return undefined;
  const header = decodedObject(first);
  const claims = decodedObject(second);
  if (header === undefined || claims === undefined) return undefined;
  return { header, claims, input: `${first}.${second}`, signature: Buffer.from(third, 'base64url') };
}

/** Whether one of `keys` has signed the JWT: the one that its `kid` names, or any where it names none. */
export function isSignedBy({ header, input, signature }: ReadJwt, keys: readonly SigningKey[]): boolean {
  const { alg, kid } = header;
  const candidates = kid === undefined ? keys : keys.filter(({ keyId }) => keyId === kid);
  const fitting = candidates.filter(({ algorithm }) => algorithm === alg);
  return fitting.some(({ publicKey }) => {
    return verify('sha256', Buffer.from(input), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
  });
}

function decodedObject(part: string): JsonObject | undefined {
  return parseJsonObject(Buffer.from(part, 'base64url').toString('utf8'));
}
