import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { DecodedJwt } from '../../src/jose/decoded-jwt.js';
import { everythingShown } from '../fixtures/keys.js';

const part = (text: string): string => Buffer.from(text).toString('base64url');
const HEADER = part('{"alg":"RS256"}');
const PAYLOAD = part('{"sub":"zoë"}');

describe('DecodedJwt', () => {
  test('It gives the parts, frozen', () => {
    const jwt = new DecodedJwt(`${HEADER}.${PAYLOAD}.AQID`);

    expect({ ...jwt.header }).toEqual({ alg: 'RS256' });
    expect({ ...jwt.payload }).toEqual({ sub: 'zoë' });
    expect([...jwt.signature]).toEqual([1, 2, 3]);
    expect(jwt.signingInput).toBe(`${HEADER}.${PAYLOAD}`);
    expect(jwt.token).toBe(`${HEADER}.${PAYLOAD}.AQID`);
    expect([jwt, jwt.header, jwt.payload].every(Object.isFrozen)).toBe(true);
  });

  test('Its signature cannot be changed', () => {
    const jwt = new DecodedJwt(`${HEADER}.${PAYLOAD}.AQID`);

    jwt.signature.fill(0);

    expect([...jwt.signature]).toEqual([1, 2, 3]);
  });

  test('F78 It prints what the token says, and never its signature', () => {
    const jwt = new DecodedJwt(`${HEADER}.${PAYLOAD}.c2lnbmF0dXJl`);

    const shown = everythingShown(jwt) + inspect(structuredClone(jwt));

    expect(inspect(jwt)).toBe('DecodedJwt {"header":{"alg":"RS256"},"payload":{"sub":"zoë"}}');
    expect(shown).not.toMatch(/c2lnbmF0dXJl|115, 105/);
  });

  test('F81 Keys that name parts of Object.prototype are plain values', () => {
    const jwt = new DecodedJwt(`${HEADER}.${part('{"__proto__":{"admin":true}}')}.`);

    expect(jwt.payload['admin']).toBeUndefined();
    expect(Object.hasOwn(jwt.payload, '__proto__')).toBe(true);
  });
});

test.each([
  ['it is no text', undefined],
  ['it is no text', 5],
  ['it does not have three parts', ''],
  ['it does not have three parts', `${HEADER}.${PAYLOAD}`],
  ['it does not have three parts', `${HEADER}.${PAYLOAD}.AQID.AQID`],
  ['it is encrypted', 'a.b.c.d.e'],
  ['it is longer than 64 KiB', `${HEADER}.${PAYLOAD}.${'A'.repeat(65_536)}`],
  ['its header is not base64url', `${HEADER}=.${PAYLOAD}.AQID`],
  ['its header is not base64url', ` ${HEADER}.${PAYLOAD}.AQID`],
  ['its payload is not base64url', `${HEADER}.${PAYLOAD}+.AQID`],
  ['its signature is not base64url', `${HEADER}.${PAYLOAD}.AQJ`],
  ['its signature is not base64url', `${HEADER}.${PAYLOAD}.AQID\n`],
  ['its header is no JSON object', `.${PAYLOAD}.AQID`],
  ['its header is no JSON object', `${part('[]')}.${PAYLOAD}.AQID`],
  ['its payload is no JSON object', `${HEADER}.${part('"text"')}.AQID`],
  ['its payload is no JSON object', `${HEADER}.${part('secret words')}.AQID`],
  ['its payload is no JSON object', `${HEADER}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.AQID`],
  ['its payload is no JSON object', `${HEADER}.${Buffer.from('{"a":"\xff"}', 'latin1').toString('base64url')}.AQID`],
])('What is no JWT is refused with its reason, and not quoted: %s', (reason, token) => {
  const decoding = (): unknown => new DecodedJwt(token as string);

  expect(decoding).toThrow(expect.objectContaining({ name: 'VerificationError', code: 'token_malformed' }));
  expect(decoding).toThrow(new RegExp(`^What was presented is no JWT: ${reason}[^{]*$`));
  expect(decoding).not.toThrow(/secret words/);
});
