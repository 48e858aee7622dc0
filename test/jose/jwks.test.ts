import { describe, expect, test } from 'vitest';
import { toJsonObject } from '../../src/base/json.js';
import { thumbprintOf } from '../../src/jose/jwk.js';
import { parseKeySet } from '../../src/jose/jwks.js';
import { certificateOf, jwkOf, P256, P384, publicPemOf, RSA } from '../fixtures/keys.js';

const keySetOf = (...keys: unknown[]): ReturnType<typeof parseKeySet> => parseKeySet(JSON.stringify({ keys }));

describe('A JWK set', () => {
  test('Its keys are given by their ids, each with its algorithm', () => {
    const keys = keySetOf(jwkOf(RSA, { kid: 'a' }), jwkOf(P256, { kid: 'b', use: 'sig' }), jwkOf(P384, { kid: 'c' }));

    expect(keys.keyIds.map((keyId) => [keyId, keys.get(keyId)?.algorithm])).toEqual([
      ['a', 'RS256'],
      ['b', 'ES256'],
      ['c', 'ES384'],
    ]);
    expect(keys.get('a')?.key.equals(RSA.publicKey)).toBe(true);
  });

  test('What cannot be used is passed over', () => {
    const useless = [null, 5, 'text', [], {}, { kty: 'oct', k: 'AA', kid: 'x' }, jwkOf(RSA, { kid: 'y', use: 'enc' })];

    const keys = keySetOf(...useless, jwkOf(P256, { kid: 'good' }));

    expect(keys.keyIds.filter((keyId) => keys.get(keyId) !== undefined)).toEqual(['good']);
  });

  test('A key without an id stands under its thumbprint', () => {
    const keys = keySetOf(jwkOf(RSA));

    expect(keys.keyIds).toEqual([thumbprintOf(toJsonObject(jwkOf(RSA))!)]);
  });

  test('Of two keys with one id the first that can be used counts', () => {
    const keys = keySetOf(jwkOf(RSA, { kid: 'a', use: 'enc' }), jwkOf(P256, { kid: 'a' }), jwkOf(P384, { kid: 'a' }));

    expect(keys.get('a')?.algorithm).toBe('ES256');
  });

  test('F81 Ids that are names of objects are ids like others', () => {
    const keys = parseKeySet(`{"keys":[${JSON.stringify(jwkOf(RSA, { kid: '__proto__' }))}]}`);

    expect(keys.keyIds).toEqual(['__proto__']);
    expect(keys.get('constructor')).toBeUndefined();
  });

  test('All its keys count, however many there are', () => {
    const key = jwkOf(P256);
    const keys = keySetOf(...Array.from({ length: 2_000 }, (_, index) => ({ ...key, kid: String(index) })));

    expect(keys.keyIds).toHaveLength(2_000);
    expect(keys.get('1999')?.algorithm).toBe('ES256');
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

    expect(keys.keyIds.filter((keyId) => keys.get(keyId) !== undefined)).toEqual(['good']);
  });
});

test('F26 A megabyte of backslashes for certificates is refused at once', () => {
  const document = JSON.stringify(Object.fromEntries(Array.from({ length: 7 }, (_, at) => [at, '\\'.repeat(65_000)])));

  for (let time = 0; time < 3; time += 1) expect(() => parseKeySet(document)).toThrow('no key that can be used');
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
