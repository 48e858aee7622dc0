import crypto, { createHmac, createSecretKey, generateKeyPairSync, sign } from 'node:crypto';
import jws from 'jws';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { decodeJwt } from '../../src/jose/jwt.js';
import { verifySignature } from '../../src/jose/verification.js';
import { certificateOf, jwkOf, P256, P384, pemOf, publicPemOf, RSA, type Pair } from '../fixtures/keys.js';

const PAIRS = { RS256: RSA, ES256: P256, ES384: P384 } as const;
const ALGORITHMS = ['RS256', 'ES256', 'ES384'] as const;

afterEach(() => {
  vi.restoreAllMocks();
});

function tokenOf(alg: keyof typeof PAIRS, pair: Pair = PAIRS[alg], extra: object = {}): string {
  return jws.sign({ header: { alg, typ: 'JWT', ...extra }, payload: { sub: 'x' }, secret: pemOf(pair) });
}

/** A token with this header, and a signature over it. */
function forged(header: object, signature: (input: Buffer) => Buffer): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part(header)}.${part({ sub: 'x' })}`;
  return `${input}.${signature(Buffer.from(input)).toString('base64url')}`;
}

/** The token with one bit of its signature turned over. */
function flipped(token: string): string {
  const dot = token.lastIndexOf('.') + 1;
  const bytes = Buffer.from(token.slice(dot), 'base64url');
  bytes[10]! ^= 1;
  return token.slice(0, dot) + bytes.toString('base64url');
}

/** Verified by itself, and in a crowd: another code does each. */
async function bothWays(token: string, ...rest: [key: object | string, options?: object]): Promise<unknown[]> {
  const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code ?? error;
  const verify = (): Promise<unknown> => verifySignature(decodeJwt(token), ...rest).then(() => 'verified', codeOf);
  const alone = await verify();
  const crowd = await Promise.all(Array.from({ length: 20 }, verify));
  return [...new Set([alone, ...crowd])];
}

describe('Signatures that fit', () => {
  test.each(ALGORITHMS)('What jws signs with %s is verified, with a key in any form', async (alg) => {
    const pair = PAIRS[alg];
    const token = tokenOf(alg);

    for (const key of [pair.publicKey, jwkOf(pair), publicPemOf(pair), certificateOf(pair)]) {
      expect(await bothWays(token, key)).toEqual(['verified']);
    }
  });
});

describe('Signatures that do not fit', () => {
  test.each(ALGORITHMS)('A changed %s signature is refused', async (alg) => {
    expect(await bothWays(flipped(tokenOf(alg)), PAIRS[alg].publicKey)).toEqual(['signature_invalid']);
  });

  test.each(ALGORITHMS)('A changed %s payload is refused', async (alg) => {
    const [header, , signature] = tokenOf(alg).split('.');
    const token = `${header!}.${Buffer.from('{"sub":"y"}').toString('base64url')}.${signature!}`;

    expect(await bothWays(token, PAIRS[alg].publicKey)).toEqual(['signature_invalid']);
  });

  test.each(ALGORITHMS)('An %s signature of another length is refused, the empty one included', async (alg) => {
    const { publicKey } = PAIRS[alg];

    for (const signature of [
      Buffer.alloc(0),
      Buffer.alloc(1),
      Buffer.alloc(63),
      Buffer.alloc(64),
      Buffer.alloc(4096),
    ]) {
      expect(
        await bothWays(
          forged({ alg }, () => signature),
          publicKey,
        ),
      ).toEqual(['signature_invalid']);
    }
  });

  test.each([
    ['ES256', 64],
    ['ES384', 96],
  ] as const)('An %s signature of zeroes is refused', async (alg, length) => {
    const token = forged({ alg }, () => Buffer.alloc(length));

    expect(await bothWays(token, PAIRS[alg].publicKey)).toEqual(['signature_invalid']);
  });

  test('An ES256 signature in DER is refused: JOSE has one form alone', async () => {
    const token = forged({ alg: 'ES256' }, (input) => sign('sha256', input, P256.privateKey));

    expect(await bothWays(token, P256.publicKey)).toEqual(['signature_invalid']);
  });

  test('The signature of another key is refused', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });

    expect(await bothWays(tokenOf('ES256', other), P256.publicKey)).toEqual(['signature_invalid']);
  });
});

describe('F26 The key decides on the algorithm, and never the token alone', () => {
  const publicPem = publicPemOf(RSA);

  test.each([
    ['none', forged({ alg: 'none' }, () => Buffer.alloc(0)), RSA],
    ['None', forged({ alg: 'None' }, () => Buffer.alloc(0)), RSA],
    ['nothing', forged({}, () => Buffer.alloc(0)), RSA],
    ['a list', forged({ alg: ['RS256'] }, (input) => sign('sha256', input, RSA.privateKey)), RSA],
    [
      'HS256, made with the public key as the secret',
      forged({ alg: 'HS256' }, (input) => createHmac('sha256', publicPem).update(input).digest()),
      RSA,
    ],
    ['ES256 for a key on P-384', forged({ alg: 'ES256' }, (input) => sign('sha256', input, P384.privateKey)), P384],
    ['ES384 for a key on P-256', tokenOf('ES384'), P256],
    ['RS256 for an EC key', tokenOf('RS256'), P256],
    ['ES256 for an RSA key', tokenOf('ES256'), RSA],
    ['RS512', jws.sign({ header: { alg: 'RS512' }, payload: 'x', secret: pemOf(RSA) }).replace(/\..*\./, '.e30.'), RSA],
    ['PS256', forged({ alg: 'PS256' }, (input) => sign('sha256', input, RSA.privateKey)), RSA],
  ])('A token that names %s is refused', async (_, token, pair) => {
    expect(await bothWays(token, pair.publicKey)).toEqual(['algorithm_refused']);
    expect(await bothWays(token, publicPemOf(pair))).toEqual(['algorithm_refused']);
  });

  test('An algorithm that the caller does not accept is refused', async () => {
    expect(await bothWays(tokenOf('ES256'), P256.publicKey, { algorithms: ['RS256'] })).toEqual(['algorithm_refused']);
    expect(await bothWays(tokenOf('ES256'), P256.publicKey, { algorithms: [] })).toEqual(['algorithm_refused']);
    expect(await bothWays(tokenOf('ES256'), P256.publicKey, { algorithms: ['ES256'] })).toEqual(['verified']);
  });

  test('What stands in a header is told only where everybody knows it', async () => {
    const verifying = (alg: unknown): Promise<void> =>
      verifySignature(decodeJwt(forged({ alg }, () => Buffer.alloc(0))), RSA.publicKey);

    await expect(verifying('none')).rejects.toThrow('The token names none, and its key is for RS256 alone.');
    await expect(verifying('<script>')).rejects.toThrow('The token names another algorithm, and');
    await expect(verifying(undefined)).rejects.toThrow('The token names no algorithm, and');
  });
});

test('A header that asks for extensions is refused, though its signature fits', async () => {
  const token = tokenOf('RS256', RSA, { crit: ['b64'], b64: false });

  expect(await bothWays(token, RSA.publicKey)).toEqual(['token_malformed']);
});

test.each([
  ['a private key', RSA.privateKey],
  ['a shared secret', createSecretKey(Buffer.alloc(32, 1))],
  ['a short key', generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey],
])('A key that cannot be used is a fault of the configuration: %s', async (_, key) => {
  expect(await bothWays(tokenOf('RS256'), key)).toEqual(['invalid_key']);
});

describe('Where the work is done', () => {
  test('RS256 is verified at once where it comes alone, and on the thread pool in a crowd', async () => {
    const pool = vi.spyOn(crypto, 'verify');
    const jwt = decodeJwt(tokenOf('RS256'));

    await verifySignature(jwt, RSA.publicKey);
    const alone = pool.mock.calls.length;
    await Promise.all(Array.from({ length: 50 }, () => verifySignature(jwt, RSA.publicKey)));

    expect([alone, pool.mock.calls.length]).toEqual([0, 50]);
  });

  test('ES256 is verified on the thread pool always', async () => {
    const pool = vi.spyOn(crypto, 'verify');

    await verifySignature(decodeJwt(tokenOf('ES256')), P256.publicKey);

    expect(pool).toHaveBeenCalledOnce();
  });

  test.each(ALGORITHMS)('F55 An aborted signal rejects with its reason: %s', async (alg) => {
    const verifying = verifySignature(decodeJwt(tokenOf(alg)), PAIRS[alg].publicKey, {
      signal: AbortSignal.abort('reason'),
    });

    await expect(verifying).rejects.toBe('reason');
  });

  test('A failure of the thread pool is no verdict on the token', async () => {
    const failure = new Error('no memory');
    vi.spyOn(crypto, 'verify').mockImplementation((...parts: unknown[]) =>
      (parts.at(-1) as (error: Error) => void)(failure),
    );

    await expect(verifySignature(decodeJwt(tokenOf('ES256')), P256.publicKey)).rejects.toBe(failure);
  });
});
