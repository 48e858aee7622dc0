/** The public keys of an issuer: a JWK set ({@link https://www.rfc-editor.org/rfc/rfc7517#section-5 | RFC 7517 §5}), or Google's map of certificates. */
import { readString } from '../base/json-fields.js';
import { parseJsonObject, toJsonObject, type JsonObject } from '../base/json.js';
import { VerificationError } from '../errors.js';
import { thumbprintOf } from './jwk.js';
import { KeySet } from './key-set.js';
import type { PublicKeyLike } from './public-key.js';

type Entry = readonly [keyId: string, key: PublicKeyLike];

/**
 * The keys of a document that RS256, ES256 or ES384 can be verified with. Those of other kinds, damaged ones and those
 * for encryption are passed over; of two with one id, the first counts; one without an id stands under its thumbprint (RFC 7638).
 * @throws VerificationError `certificates_unavailable` (retryable) where it is no such document, or has no such key.
 */
export function parseKeySet(document: string): KeySet {
  const record = parseJsonObject(document);
  const entries = record === undefined ? [] : entriesOf(record);
  const keys = new KeySet(entries);
  if (keys.isUsable) return keys;
  const what = record === undefined ? 'is no JSON object' : 'holds no key that can be used';
  throw new VerificationError('certificates_unavailable', `The document with the issuer's keys ${what}.`, {
    retryable: true,
  });
}

function entriesOf(document: JsonObject): readonly Entry[] {
  if (Array.isArray(document['keys'])) return document['keys'].flatMap(entryOf);
  return Object.keys(document).flatMap((keyId) => {
    const pem = readString(document, keyId);
    return pem === undefined ? [] : [[keyId, pem] as const];
  });
}

function entryOf(value: unknown): readonly Entry[] {
  const jwk = toJsonObject(value);
  return jwk === undefined ? [] : [[readString(jwk, 'kid') ?? thumbprintOf(jwk), jwk]];
}
