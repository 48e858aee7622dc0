/** Signs OpenID Connect ID tokens with a key of this process (OpenID Connect Core §2). */
import type { KeyObject } from 'node:crypto';
import { createHash, generateKeyPair, sign } from 'node:crypto';
import { promisify } from 'node:util';

interface SigningKey {
  readonly keyId: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

let signingKey: Promise<SigningKey> | undefined;

/** The key of this process, made when it is first needed: making one takes a tenth of a second and more. */
export function idTokenKey(): Promise<SigningKey> {
  signingKey ??= makeKey();
  return signingKey;
}

/** A JWT with these claims, signed with RS256. */
export async function signIdToken(claims: Readonly<Record<string, unknown>>): Promise<string> {
  const { keyId, privateKey } = await idTokenKey();
  const header = { alg: 'RS256', kid: keyId, typ: 'JWT' };
  const input = `${base64urlJson(header)}.${base64urlJson(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
}

async function makeKey(): Promise<SigningKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const encoded = publicKey.export({ type: 'spki', format: 'der' });
  return { keyId: createHash('sha1').update(encoded).digest('hex'), privateKey, publicKey };
}

function base64urlJson(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
