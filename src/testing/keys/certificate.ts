/** Self-signed X.509 certificates around the public keys of an emulator (RFC 5280 §4.1), as Google publishes them. */
import { sign } from 'node:crypto';
import * as der from './der.js';
import type { SigningKey } from './signing-key.js';

const DAY_MS = 86_400_000;
const COMMON_NAME = '2.5.4.3';
const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';

/** The PEM of a certificate for `name` that is valid from the day before `now` to two weeks after it. */
export function certificateOf(key: SigningKey, name: string, now: number): string {
  const algorithm = algorithmOf(key);
  const body = bodyOf(key, name, now, algorithm);
  // Certificates carry the signatures of elliptic curves in DER, unlike JWTs.
  const signature = sign('sha256', body, key.privateKey);
  const certificate = der.sequence(body, algorithm, der.bitString(signature));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function bodyOf({ keyId, publicKey }: SigningKey, name: string, now: number, algorithm: Buffer): Buffer {
  const version3 = der.tagged(0, der.integer(Buffer.of(2)));
  const serial = der.integer(Buffer.from(keyId.slice(0, 16), 'hex'));
  const whoever = nameOf(name);
  const validity = der.sequence(der.time(now - DAY_MS), der.time(now + 14 * DAY_MS));
  const subjectKey = publicKey.export({ type: 'spki', format: 'der' });
  return der.sequence(version3, serial, algorithm, whoever, validity, whoever, subjectKey);
}

function algorithmOf({ algorithm }: SigningKey): Buffer {
  if (algorithm === 'ES256') return der.sequence(der.objectIdentifier(ECDSA_WITH_SHA256));
  return der.sequence(der.objectIdentifier(SHA256_WITH_RSA), der.nullValue());
}

function nameOf(name: string): Buffer {
  return der.sequence(der.setOf(der.sequence(der.objectIdentifier(COMMON_NAME), der.utf8String(name))));
}
