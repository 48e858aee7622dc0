import fc from 'fast-check';
import jws from 'jws';
import { describe, expect, test } from 'vitest';
import { decodeJwt, encodeJwt } from '../../src/jose/jwt.js';
import { KeySigner } from '../../src/jose/key-signer.js';
import type { Signer } from '../../src/jose/signer.js';
import { P256, P384, pemOf, publicPemOf, RSA } from '../fixtures/keys.js';

const CLAIMS = {
  iss: 'robot@project.iam.gserviceaccount.com',
  aud: ['ä', '\u{1F511}'],
  exp: 4_000_000_000,
  deep: { a: null },
};

function fakeSigner(overrides: Partial<Signer> = {}): Signer {
  return { keyId: 'key-1', algorithm: 'ES256', sign: () => Promise.resolve(Uint8Array.of(1, 2, 3)), ...overrides };
}

describe('encodeJwt', () => {
  test.each([undefined, 'key-1'])(
    'An RS256 token is byte for byte that of jws.sign, with the key id %s',
    async (keyId) => {
      const signer = KeySigner.fromPem(pemOf(RSA), { keyId });

      const token = await encodeJwt(signer, CLAIMS);

      const header = { alg: 'RS256', typ: 'JWT', ...(keyId === undefined ? {} : { kid: keyId }) } as const;
      expect(token).toBe(jws.sign({ header, payload: CLAIMS, secret: pemOf(RSA) }));
    },
  );

  test.each([
    ['RS256', RSA],
    ['ES256', P256],
    ['ES384', P384],
  ] as const)('jws verifies and decodes an %s token', async (alg, pair) => {
    const token = await encodeJwt(KeySigner.fromPem(pemOf(pair), { keyId: 'k' }), CLAIMS);

    expect(jws.verify(token, alg, publicPemOf(pair))).toBe(true);
    expect(jws.decode(token)).toMatchObject({ header: { alg, typ: 'JWT', kid: 'k' }, payload: CLAIMS });
  });

  test('Members of the header are added, and replace type and key id', async () => {
    const header = { typ: 'at+jwt', kid: 'other', jku: 'ä' };

    const token = await encodeJwt(fakeSigner(), {}, { header });

    expect({ ...decodeJwt(token).header }).toEqual({ alg: 'ES256', ...header });
  });

  test('The header cannot name another algorithm than the signer has', async () => {
    const encoding = encodeJwt(fakeSigner(), {}, { header: { alg: 'none' } });

    await expect(encoding).rejects.toThrow(
      new TypeError('"header.alg" must be the algorithm of the signer, or left out'),
    );
  });

  test.each([undefined, 'a text', new Uint8Array(), new ArrayBuffer(8)])(
    'F82 What is no signature makes no token: %o',
    async (given) => {
      const signer = fakeSigner({ sign: () => Promise.resolve(given as never) });

      await expect(encodeJwt(signer, CLAIMS)).rejects.toMatchObject({
        code: 'signing_failed',
        message: expect.stringContaining('"signer.sign"'),
      });
    },
  );

  test('F55 The signal reaches the signer', async () => {
    const { signal } = new AbortController();
    const seen: unknown[] = [];
    const signer = fakeSigner({
      sign: (_, options) => {
        seen.push(options?.signal);
        return Promise.resolve(new Uint8Array(1));
      },
    });

    await encodeJwt(signer, {}, { signal });

    expect(seen).toEqual([signal]);
  });

  test.each([undefined, null, 'text', 5, []])('Claims that are no object are refused: %j', async (claims) => {
    await expect(encodeJwt(fakeSigner(), claims as never)).rejects.toThrow(new TypeError('"claims" must be an object'));
  });

  test('Copies of a key with ids of their own are told apart, however often each has signed', async () => {
    const key = KeySigner.fromPem(pemOf(RSA), { keyId: 'one' });
    const signers = [key, key.withKeyId('two'), key.withKeyId(undefined), key];

    const tokens = await Promise.all(signers.map((signer) => encodeJwt(signer, {})));
    const extended = await encodeJwt(key, {}, { header: { kid: 'three' } });

    const kids = [...tokens, extended, await encodeJwt(key, {})].map((token) => decodeJwt(token).header['kid']);
    expect(kids).toEqual(['one', 'two', undefined, 'one', 'three', 'one']);
  });

  test('F81 A polluted Object.prototype changes neither header nor claims', async () => {
    const polluted = Object.prototype as { toJSON?: unknown };
    polluted.toJSON = () => ({ admin: true });

    const token = await encodeJwt(fakeSigner(), { sub: 'x' }).finally(() => delete polluted.toJSON);

    expect({ ...decodeJwt(token).payload }).toEqual({ sub: 'x' });
    expect({ ...decodeJwt(token).header }).toEqual({ alg: 'ES256', typ: 'JWT', kid: 'key-1' });
  });
});

describe('decodeJwt', () => {
  test('It takes apart what jws makes', () => {
    const token = jws.sign({ header: { alg: 'ES256', typ: 'JWT' }, payload: CLAIMS, secret: pemOf(P256) });

    const jwt = decodeJwt(token);

    expect({ ...jwt.header }).toEqual({ alg: 'ES256', typ: 'JWT' });
    expect({ ...jwt.payload }).toEqual(CLAIMS);
    expect(jwt.signature).toHaveLength(64);
  });

  test('F68 Whatever text it is given, it gives a token of that very spelling, or refuses it', () => {
    const whole = jws.sign({ header: { alg: 'ES256' }, payload: '{}', secret: pemOf(P256) });
    const edit = fc.record({ at: fc.nat(whole.length), cut: fc.nat(5), put: fc.string({ maxLength: 3 }) });

    fc.assert(
      fc.property(fc.oneof(edit, fc.string()), (given) => {
        const token =
          typeof given === 'string' ? given : whole.slice(0, given.at) + given.put + whole.slice(given.at + given.cut);
        try {
          const jwt = decodeJwt(token);
          expect(`${jwt.signingInput}.${Buffer.from(jwt.signature).toString('base64url')}`).toBe(token);
        } catch (error) {
          expect(error).toMatchObject({ name: 'VerificationError', code: 'token_malformed' });
        }
      }),
    );
  });

  test('What is no token is refused', () => {
    expect(() => decodeJwt('nothing')).toThrow(expect.objectContaining({ code: 'token_malformed' }));
  });
});
