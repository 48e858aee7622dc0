import jws from 'jws';
import { expect, test } from 'vitest';
import { isSignedBy, readJwt } from '../../../src/testing/keys/jwt-reading.js';
import type { SigningAlgorithm, SigningKey } from '../../../src/testing/keys/signing-key.js';
import { makeSigningKey } from '../../../src/testing/keys/signing-key.js';

const keys: Record<SigningAlgorithm, SigningKey> = {
  RS256: await makeSigningKey('RS256'),
  ES256: await makeSigningKey('ES256'),
};

function signed({ keyId, privateKey }: SigningKey, header: object): string {
  const all = { kid: keyId, ...header } as jws.Header;
  return jws.sign({
    header: all,
    payload: '{"sub":"me"}',
    secret: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  });
}

test('a JWT is taken apart', () => {
  const jwt = readJwt('eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.YWJj');

  expect({ ...jwt?.header }).toEqual({ alg: 'none' });
  expect({ ...jwt?.claims }).toEqual({ sub: 'me' });
  expect([jwt?.input, jwt?.signature.toString()]).toEqual(['eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9', 'abc']);
});

test.each([
  '',
  'e30',
  'e30.e30',
  'e30.e30.YQ.YQ',
  'W10.e30.YQ',
  'e30.W10.YQ',
  'e30.x.YQ',
  'e30.e30.Y=Q',
  'e3 0.e30.YQ',
])('%j is no JWT', (token) => {
  expect(readJwt(token)).toBeUndefined();
});

test.each(['RS256', 'ES256'] as const)('the signature of jws with %s is recognised', (alg) => {
  const key = keys[alg];
  const others = Object.values(keys).filter((other) => other !== key);

  const jwt = readJwt(signed(key, { alg }))!;

  expect(isSignedBy(jwt, [...others, key])).toBe(true);
  expect(isSignedBy(jwt, others)).toBe(false);
});

test('a JWT that names no key may be signed by any, and one that names another by none', () => {
  const nameless = readJwt(signed(keys.RS256, { alg: 'RS256', kid: undefined }))!;
  const misnamed = readJwt(signed(keys.RS256, { alg: 'RS256', kid: keys.ES256.keyId }))!;

  expect(isSignedBy(nameless, Object.values(keys))).toBe(true);
  expect(isSignedBy(misnamed, Object.values(keys))).toBe(false);
});

test('an algorithm that is not the key’s is refused, whatever the signature', () => {
  const jwt = readJwt(signed(keys.RS256, { alg: 'RS256' }))!;

  expect(isSignedBy({ ...jwt, header: { ...jwt.header, alg: 'RS512' } }, [keys.RS256])).toBe(false);
  expect(isSignedBy({ ...jwt, signature: Buffer.alloc(0) }, [keys.RS256])).toBe(false);
});
