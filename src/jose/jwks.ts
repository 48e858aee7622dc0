/** The public keys of an issuer: a JWK set ({@link https://www.rfc-editor.org/rfc/rfc7517#section-5 | RFC 7517 §5}), or Google's map of certificates. */
import { parseJsonObject, readString, toJsonObject, type JsonObject } from '../base/json.js';
import { VerificationError } from '../errors.js';
import { keyFromJwk, thumbprintOf } from './jwk.js';
import { readPublicKey, type PublicKeyLike, type VerificationKey } from './public-key.js';

/** Public keys by their ids (`kid`); one without an id stands under its thumbprint (RFC 7638). */
export type KeySet = ReadonlyMap<string, VerificationKey>;

/** Each takes time to parse, and no issuer has more than a handful. */
const MOST_KEYS = 100;

type Entry = readonly [keyId: string, key: PublicKeyLike];

/**
 * The keys of a document that RS256, ES256 or ES384 can be verified with. Those of other kinds, damaged ones and those
 * for encryption are passed over; of two with one id, the first counts.
 * @throws VerificationError `certificates_unavailable` (retryable) where it is no such document, or has no such key.
 */
export function parseKeySet(document: string): KeySet {
  const record = parseJsonObject(document);
  const entries = record === undefined ? [] : entriesOf(record);
  const keys = new Map<string, VerificationKey>();
  for (const [keyId, given] of entries.slice(0, MOST_KEYS)) {
    const key = keys.has(keyId) ? undefined : usable(given);
    if (key !== undefined) keys.set(keyId, key);
  }
  if (keys.size > 0) return keys;
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
  const key = jwk === undefined ? undefined : keyFromJwk(jwk);
  if (jwk === undefined || key === undefined) return [];
  return [[readString(jwk, 'kid') ?? thumbprintOf(jwk), key]];
}

function usable(given: PublicKeyLike): VerificationKey | undefined {
  try {
    return readPublicKey(given, 'The key');
  } catch {
    return undefined;
  }
}
