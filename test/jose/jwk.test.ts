import { expect, test } from 'vitest';
import { toJsonObject } from '../../src/base/json.js';
import { keyFromJwk, thumbprintOf } from '../../src/jose/jwk.js';
import { jwkOf, P256, RSA } from '../fixtures/keys.js';

function keyFrom(jwk: object): ReturnType<typeof keyFromJwk> {
  return keyFromJwk(toJsonObject(jwk)!);
}

test.each([
  ['bare', {}],
  ['for signatures', { use: 'sig', alg: 'RS256', kid: 'one' }],
  ['with its operations', { key_ops: ['verify'] }],
])('A key is parsed: %s', (_, extra) => {
  expect(keyFrom(jwkOf(RSA, extra))?.equals(RSA.publicKey)).toBe(true);
});

test('Of a private key the public part alone is read', () => {
  const key = keyFrom(RSA.privateKey.export({ format: 'jwk' }));

  expect(key?.type).toBe('public');
});

test.each([
  ['is for encryption', jwkOf(RSA, { use: 'enc' })],
  ['is for other operations', jwkOf(RSA, { key_ops: ['encrypt'] })],
  ['is for an algorithm that it is not used for here', jwkOf(RSA, { alg: 'PS256' })],
  ['is for the algorithm of another kind', jwkOf(P256, { alg: 'ES384' })],
  ['is for a shared secret of its own bytes', jwkOf(RSA, { alg: 'HS256' })],
  ['lacks a part', jwkOf(P256, { y: undefined })],
  ['has a part that is no text', jwkOf(RSA, { n: 5 })],
  ['is no point of its curve', jwkOf(P256, { x: jwkOf(P256)['y'] })],
  ['is of no kind that is known', { kty: 'OKP', crv: 'Ed25519', x: 'AA' }],
  ['is a shared secret', { kty: 'oct', k: 'AA' }],
  ['has the kind of a name of objects', { kty: 'constructor' }],
])('A key is passed over that %s', (_, jwk) => {
  expect(keyFrom(jwk)).toBeUndefined();
});

test('The thumbprint is that of RFC 7638, whatever else the key holds', () => {
  // The example of RFC 7638 §3.1.
  const jwk = {
    kty: 'RSA',
    n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
    e: 'AQAB',
    alg: 'RS256',
    kid: '2011-04-29',
  };

  expect(thumbprintOf(toJsonObject(jwk)!)).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
});
