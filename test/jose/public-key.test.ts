import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { readPublicKey } from '../../src/jose/public-key.js';
import { certificateOf, endedCertificateOf, jwkOf, P256, P384, pemOf, publicPemOf, RSA } from '../fixtures/keys.js';

const WHERE = 'The public key';

test.each([
  ['a parsed key', RSA.publicKey, RSA, 'RS256'],
  ['PEM', publicPemOf(P384), P384, 'ES384'],
  ['PEM of PKCS #1', publicPemOf(RSA, 'pkcs1'), RSA, 'RS256'],
  ['a certificate', certificateOf(P256), P256, 'ES256'],
  ['a certificate that has ended', endedCertificateOf(RSA), RSA, 'RS256'],
  ['a JSON web key', jwkOf(P256), P256, 'ES256'],
] as const)('A public key is read from %s', (_, given, pair, algorithm) => {
  const read = readPublicKey(given, WHERE);

  expect(read.algorithm).toBe(algorithm);
  expect(read.key.equals(pair.publicKey)).toBe(true);
  expect(Object.isFrozen(read)).toBe(true);
});

test.each([
  ['is a private key', RSA.privateKey],
  ['is a private key', pemOf(RSA)],
  ['is a private key', pemOf(P256, 'sec1')],
  ['is a shared secret', createSecretKey(Buffer.alloc(32, 1))],
  ['is an RSA key of 1024 bits', generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey],
  ['is PEM of something that is no public key', '-----BEGIN PKCS7-----\nMIIB\n-----END PKCS7-----'],
  ['is not PEM', 'ssh-rsa AAAA'],
  ['is damaged', '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----'],
  ['is no JSON web key that signatures can be verified with', { kty: 'oct', k: 'c2VjcmV0' }],
  ['is no JSON web key that signatures can be verified with', {}],
] as const)('What cannot be used is refused with its reason: it %s', (reason, given) => {
  expect(() => readPublicKey(given, WHERE)).toThrow(
    expect.objectContaining({ code: 'invalid_key', message: expect.stringContaining(`${WHERE} ${reason}`) }),
  );
});

test.each([undefined, null, 5, [], () => undefined])('What is no key at all is a wrong argument: %s', (given) => {
  expect(() => readPublicKey(given as never, WHERE)).toThrow('"key" must be a KeyObject, a JSON web key, or PEM');
});
