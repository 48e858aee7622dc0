import { verify } from 'node:crypto';
import jws from 'jws';
import { expect, test } from 'vitest';
import { makeSigningKey, signBytes, signJwt, signingInput } from '../../../src/testing/keys/signing-key.js';

test.each(['RS256', 'ES256'] as const)('jws verifies what a key for %s signs', async (algorithm) => {
  const key = await makeSigningKey(algorithm);

  const token = signJwt(key, { sub: 'me' });

  expect(jws.verify(token, algorithm, key.publicKey.export({ type: 'spki', format: 'pem' }).toString())).toBe(true);
  expect(jws.decode(token)).toMatchObject({ header: { alg: algorithm, kid: key.keyId, typ: 'JWT' } });
});

test('a header may say more, and less', async () => {
  const key = await makeSigningKey('ES256');

  const token = signJwt(key, {}, { kid: undefined, jku: 'x' });

  expect(jws.decode(token)?.header).toEqual({ alg: 'ES256', typ: 'JWT', jku: 'x' });
});

test('bytes are signed as they are', async () => {
  const key = await makeSigningKey('RS256');
  const bytes = Buffer.of(0, 255, 128);

  expect(verify('sha256', bytes, key.publicKey, signBytes(key, bytes))).toBe(true);
});

test('the signature of a JWT is made over the encoded header and claims', () => {
  expect(signingInput({}, { a: 1 })).toBe('e30.eyJhIjoxfQ');
});

test('every key has an id of its own', async () => {
  const keys = await Promise.all([makeSigningKey('ES256'), makeSigningKey('ES256')]);

  expect(keys[0]?.keyId).toMatch(/^[0-9a-f]{40}$/);
  expect(keys[0]?.keyId).not.toBe(keys[1]?.keyId);
});
