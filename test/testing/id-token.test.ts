import { verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { idTokenKey, signIdToken } from '../../src/testing/id-token.js';

function decoded(part: string | undefined): unknown {
  return JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
}

test('an ID token is a JWT whose RS256 signature verifies under the key that its header names', async () => {
  const token = await signIdToken({ sub: 'someone' });

  const { keyId, publicKey } = await idTokenKey();
  const [header, payload, signature = ''] = token.split('.');
  expect(decoded(header)).toEqual({ alg: 'RS256', kid: keyId, typ: 'JWT' });
  expect(decoded(payload)).toEqual({ sub: 'someone' });
  expect(
    verify(
      'sha256',
      Buffer.from(`${String(header)}.${String(payload)}`),
      publicKey,
      Buffer.from(signature, 'base64url'),
    ),
  ).toBe(true);
});

test('one key serves the whole process', async () => {
  const [one, other] = await Promise.all([idTokenKey(), idTokenKey()]);

  expect(one).toBe(other);
});
