import { expect, test } from 'vitest';
import { parseJsonObject } from '../../src/base/json.js';
import { verifiedIdToken, type VerifiedIdToken } from '../../src/verification/verified-id-token.js';

const CHECKED = { issuer: 'i', subject: 's', audience: ['a'], issuedAt: 1, expiresAt: 2 };

const resultOf = (claims: string): VerifiedIdToken => verifiedIdToken(parseJsonObject(claims)!, CHECKED);

test('What was checked is told, and what else the token says of its user', () => {
  const result = resultOf('{"azp":"app","email":"a@example.com","email_verified":true,"hd":"example.com"}');

  expect(result).toMatchObject({
    ...CHECKED,
    authorizedParty: 'app',
    email: 'a@example.com',
    emailVerified: true,
    hostedDomain: 'example.com',
  });
});

test.each(['{}', '{"email_verified":"true"}', '{"email_verified":1}', '{"email_verified":false}'])(
  'An address is verified where the issuer says so, and in no other case: %s',
  (claims) => {
    expect(resultOf(claims).emailVerified).toBe(false);
  },
);

test('Nobody can change the result, however deep', () => {
  const { claims } = resultOf('{"firebase":{"identities":{"email":["a"]}}}');
  const { identities } = claims['firebase'] as { identities: { email: string[] } };

  expect(() => identities.email.push('b')).toThrow(TypeError);
  expect(Object.isFrozen(claims)).toBe(true);
  expect(Object.isFrozen(resultOf('{}'))).toBe(true);
});

test('F81 Claims inherit nothing, and a claim called __proto__ is a claim', () => {
  const { claims } = resultOf('{"__proto__":{"admin":true}}');

  expect(claims['admin']).toBeUndefined();
  expect(claims.toString).toBeUndefined();
  expect(Object.keys(claims)).toEqual(['__proto__']);
});

test('Claims may be nested as deep as a token is long', () => {
  const deep = `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;

  expect(Object.isFrozen(resultOf(deep).claims['a'])).toBe(true);
});
