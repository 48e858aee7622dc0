import { createPublicKey, createSecretKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { ALGORITHMS, isSigningAlgorithm, purposeOf } from '../../src/jose/algorithms.js';
import { jwkOf, P256, P384, RSA } from '../fixtures/keys.js';

test.each([
  ['RS256', RSA],
  ['ES256', P256],
  ['ES384', P384],
] as const)('A key is for one algorithm: %s', (algorithm, { privateKey, publicKey }) => {
  expect(purposeOf(privateKey)).toBe(algorithm);
  expect(purposeOf(publicKey)).toBe(algorithm);
});

test.each([
  ['an RSA key of 1024 bits', () => generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey],
  ['an RSA-PSS key', () => generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey],
  ['the curve secp521r1', () => generateKeyPairSync('ec', { namedCurve: 'P-521' }).publicKey],
  ['the curve secp256k1', () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey],
  ['the type ed25519', () => generateKeyPairSync('ed25519').publicKey],
  ['the type x25519', () => generateKeyPairSync('x25519').publicKey],
  ['a shared secret', () => createSecretKey(Buffer.alloc(32, 1))],
  ['protects nothing', () => createPublicKey({ key: jwkOf(RSA, { e: 'AQ' }), format: 'jwk' })],
])('A key of another kind is for none, and what it is can be told: %s', (fault, keyOf) => {
  expect(purposeOf(keyOf())).toContain(fault);
});

test('What every algorithm needs can be told', () => {
  expect(ALGORITHMS.RS256).toBe('is an RSA key');
  expect(ALGORITHMS.ES256).toContain('P-256');
  expect(ALGORITHMS.ES384).toContain('P-384');
});

test.each(['HS256', 'none', 'RS512', 'rs256', 'toString', '__proto__', '', 1, undefined, null])(
  'No other algorithm is known: %s',
  (value) => {
    expect(isSigningAlgorithm(value)).toBe(false);
  },
);
