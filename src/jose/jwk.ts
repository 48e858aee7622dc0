/** JSON web keys ({@link https://www.rfc-editor.org/rfc/rfc7517 | RFC 7517}) that signatures are verified with. */
import type { KeyObject } from 'node:crypto';
import { readString, readStringArray } from '../base/json-fields.js';
import type { JsonObject } from '../base/json.js';
import { isSigningAlgorithm, purposeOf } from './algorithms.js';

/** What public keys are made of (RFC 7518 §6). Whatever else a key holds, a private part above all, is not looked at. */
const MEMBERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['RSA', ['kty', 'n', 'e']],
  ['EC', ['kty', 'crv', 'x', 'y']],
]);

/** The parsed key; undefined where it is damaged, is not for signatures, or says that it is for another algorithm than it fits. */
export function keyFromJwk(jwk: JsonObject): KeyObject | undefined {
  const members = publicMembers(jwk);
  if (members === undefined || !isForSignatures(jwk)) return undefined;
  const key = parsed(members);
  const algorithm = readString(jwk, 'alg');
  if (key === undefined || algorithm === undefined) return key;
  return isSigningAlgorithm(algorithm) && algorithm === purposeOf(key) ? key : undefined;
}

/** The thumbprint by which a key without a name of its own is known ({@link https://www.rfc-editor.org/rfc/rfc7638 | RFC 7638}). */
export function thumbprintOf(jwk: JsonObject): string {
  const members = Object.entries(publicMembers(jwk) ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(members)))
    .digest('base64url');
}

function publicMembers(jwk: JsonObject): Record<string, string> | undefined {
  const members: Record<string, string> = {};
  for (const name of MEMBERS.get(readString(jwk, 'kty') ?? '') ?? []) {
    const value = readString(jwk, name);
    if (value === undefined) return undefined;
    members[name] = value;
  }
  return members['kty'] === undefined ? undefined : members;
}

function isForSignatures(jwk: JsonObject): boolean {
  const use = readString(jwk, 'use');
  const operations = readStringArray(jwk, 'key_ops');
  return (use === undefined || use === 'sig') && (operations === undefined || operations.includes('verify'));
}

function parsed(key: Record<string, string>): KeyObject | undefined {
  try {
    return process.getBuiltinModule('node:crypto').createPublicKey({ key, format: 'jwk' });
  } catch {
    return undefined;
  }
}
