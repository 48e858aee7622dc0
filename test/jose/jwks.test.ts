import { describe, expect, test } from 'vitest';
import { toJsonObject } from '../../src/base/json.js';
import { thumbprintOf } from '../../src/jose/jwk.js';
import { parseKeySet } from '../../src/jose/jwks.js';
import { certificateOf, jwkOf, P256, P384, publicPemOf, RSA } from '../fixtures/keys.js';

const keySetOf = (...keys: unknown[]): ReturnType<typeof parseKeySet> => parseKeySet(JSON.stringify({ keys }));

describe('A JWK set', () => {
  test('Its keys are given by their ids, each with its algorithm', () => {
    const keys = keySetOf(jwkOf(RSA, { kid: 'a' }), jwkOf(P256, { kid: 'b', use: 'sig' }), jwkOf(P384, { kid: 'c' }));

    expect([...keys].map(([keyId, { algorithm }]) => [keyId, algorithm])).toEqual([
      ['a', 'RS256'],
      ['b', 'ES256'],
      ['c', 'ES384'],
    ]);
    expect(keys.get('a')?.key.equals(RSA.publicKey)).toBe(true);
  });

  test('What cannot be used is passed over', () => {
    const useless = [null, 5, 'text', [], {}, { kty: 'oct', k: 'AA', kid: 'x' }, jwkOf(RSA, { kid: 'y', use: 'enc' })];

    const keys = keySetOf(...useless, jwkOf(P256, { kid: 'good' }));

    expect([...keys.keys()]).toEqual(['good']);
  });

  test('A key without an id stands under its thumbprint', () => {
    const keys = keySetOf(jwkOf(RSA));

    expect([...keys.keys()]).toEqual([thumbprintOf(toJsonObject(jwkOf(RSA))!)]);
  });

  test('Of two keys with one id the first that can be used counts', () => {
    const keys = keySetOf(jwkOf(RSA, { kid: 'a', use: 'enc' }), jwkOf(P256, { kid: 'a' }), jwkOf(P384, { kid: 'a' }));

    expect(keys.get('a')?.algorithm).toBe('ES256');
  });

  test('F81 Ids that are names of objects are ids like others', () => {
    const keys = parseKeySet(`{"keys":[${JSON.stringify(jwkOf(RSA, { kid: '__proto__' }))}]}`);

    expect([...keys.keys()]).toEqual(['__proto__']);
    expect(keys.get('constructor')).toBeUndefined();
  });

  test('No more than a hundred keys are parsed', () => {
    const keys = keySetOf(...Array.from({ length: 150 }, (_, index) => jwkOf(P256, { kid: String(index) })));

    expect(keys.size).toBe(100);
  });
});

describe("Google's map of certificates", () => {
  test('Its keys are given by their ids', () => {
    const keys = parseKeySet(JSON.stringify({ one: certificateOf(RSA), two: publicPemOf(P256) }));

    expect(keys.get('one')?.key.equals(RSA.publicKey)).toBe(true);
    expect(keys.get('two')).toMatchObject({ algorithm: 'ES256' });
  });

  test('What is no certificate is passed over', () => {
    const keys = parseKeySet(JSON.stringify({ broken: 'nothing', number: 5, good: certificateOf(RSA) }));

    expect([...keys.keys()]).toEqual(['good']);
  });
});

test.each([
  ['is no JSON object', 'not JSON'],
  ['is no JSON object', '[]'],
  ['holds no key that can be used', '{}'],
  ['holds no key that can be used', '{"keys":[]}'],
  ['holds no key that can be used', '{"keys":[{"kty":"oct","k":"AA"}]}'],
  ['holds no key that can be used', '{"error":"down"}'],
])('F26 A document without a key never counts as one: it %s', (reason, document) => {
  expect(() => parseKeySet(document)).toThrow(
    expect.objectContaining({
      code: 'certificates_unavailable',
      retryable: true,
      message: expect.stringContaining(reason),
    }),
  );
});
