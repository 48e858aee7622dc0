import { expect, test } from 'vitest';
import { toJsonObject } from '../../src/base/json.js';
import { readHeader } from '../../src/verification/token-header.js';

const read = (header: object, algorithms: Parameters<typeof readHeader>[1] = ['RS256']): unknown =>
  readHeader(toJsonObject(header)!, algorithms);

test('The header names a key and what it must be for', () => {
  expect(read({ alg: 'RS256', kid: 'a', typ: 'JWT' })).toEqual({ keyId: 'a', algorithm: 'RS256' });
  expect(read({ alg: 'ES256' }, ['RS256', 'ES256'])).toEqual({ keyId: undefined, algorithm: 'ES256' });
});

test.each(['none', 'None', 'HS256', 'ES256', 'rs256', 'PS256', '', 0, null, ['RS256'], undefined])(
  'F26 An algorithm that is not accepted is refused, whatever it is: %j',
  (alg) => {
    expect(() => read({ alg, kid: 'a' })).toThrow(expect.objectContaining({ code: 'algorithm_refused' }));
  },
);

test('An algorithm is the header’s own', () => {
  const header = toJsonObject(JSON.parse('{"__proto__":{"alg":"RS256"},"kid":"a"}'))!;

  expect(() => readHeader(header, ['RS256'])).toThrow(expect.objectContaining({ code: 'algorithm_refused' }));
});

test.each([1, null, ['a'], {}, true])('A key id of another type is refused: %j', (kid) => {
  expect(() => read({ alg: 'RS256', kid })).toThrow(expect.objectContaining({ code: 'token_malformed' }));
});

test.each(['jwt', 'application/jwt', 'JWT'])('The type of an ID token is known in every spelling: %s', (typ) => {
  expect(read({ alg: 'RS256', typ })).toMatchObject({ algorithm: 'RS256' });
});

test.each(['at+jwt', 'application/at+jwt', 'logout+jwt', '', 1, null])(
  'JWTs of the same issuer for another use are no ID tokens: %j',
  (typ) => {
    expect(() => read({ alg: 'RS256', typ })).toThrow(expect.objectContaining({ code: 'token_malformed' }));
  },
);

test('Nothing of the header is told', () => {
  const failing = (): unknown => read({ alg: 'secret-1', kid: 'secret-2' });

  expect(failing).toThrow(/RS256/);
  expect(failing).not.toThrow(/secret/);
});
