import crypto, { generateKeyPairSync, sign, verify } from 'node:crypto';
import { inspect } from 'node:util';
import jws from 'jws';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { KeySigner } from '../../src/jose/key-signer.js';
import {
  damagedPemOf,
  everythingShown,
  openssl,
  P256,
  P384,
  pemOf,
  piecesOf,
  RSA,
  type Pair,
} from '../fixtures/keys.js';

afterEach(() => {
  vi.restoreAllMocks();
});

function faultOf(pem: string, details?: object): unknown {
  try {
    return KeySigner.fromPem(pem, details);
  } catch (error) {
    return error;
  }
}

describe('Signatures', () => {
  test.each(['', 'header.payload', 'ä€\u{1F511}', 'x'.repeat(100_000)])(
    'An RS256 signature is byte for byte that of jws (text %#)',
    async (data) => {
      const signer = KeySigner.fromPem(pemOf(RSA));

      const signature = await signer.sign(data);

      const expected = sign('sha256', Buffer.from(data), RSA.privateKey);
      expect(Buffer.from(signature)).toEqual(expected);
    },
  );

  test.each([
    ['ES256', P256, 64, 'sha256'],
    ['ES384', P384, 96, 'sha384'],
  ] as const)('An %s signature is r and s, one after the other', async (_, pair, length, hash) => {
    const signer = KeySigner.fromPem(pemOf(pair));

    const signature = await signer.sign('data');

    const key = { key: pair.publicKey, dsaEncoding: 'ieee-p1363' } as const;
    expect(signature).toHaveLength(length);
    expect(verify(hash, Buffer.from('data'), key, signature)).toBe(true);
  });

  test.each(['RS256', 'ES256', 'ES384'] as const)('jws accepts what is signed with %s', async (alg) => {
    const pair = { RS256: RSA, ES256: P256, ES384: P384 }[alg];
    const input = jws.sign({ header: { alg }, payload: 'x', secret: pemOf(pair) }).replace(/\.[^.]*$/, '');

    const signature = await KeySigner.fromPem(pemOf(pair)).sign(input);

    const token = `${input}.${Buffer.from(signature).toString('base64url')}`;
    expect(jws.verify(token, alg, pair.publicKey.export({ type: 'spki', format: 'pem' }))).toBe(true);
  });

  test('Bytes are signed as they were when they were handed in', async () => {
    const signer = KeySigner.fromPem(pemOf(RSA));
    const bytes = new TextEncoder().encode('xbefore').subarray(1);

    const signing = signer.sign(bytes);
    bytes.fill(0);

    expect(Buffer.from(await signing)).toEqual(sign('sha256', Buffer.from('before'), RSA.privateKey));
  });

  test('Never more than sixteen signatures of all keys are on the thread pool', async () => {
    const signers = [KeySigner.fromPem(pemOf(RSA)), KeySigner.fromPem(pemOf(P256))];
    const original = crypto.sign;
    const counts = { underWay: 0, most: 0, all: 0 };
    vi.spyOn(crypto, 'sign').mockImplementation(((...parts: Parameters<typeof counted>) => counted(...parts)) as never);
    function counted(
      algorithm: string,
      data: Uint8Array,
      key: never,
      done: (error: Error | null, data: Buffer) => void,
    ) {
      counts.all += 1;
      counts.most = Math.max(counts.most, (counts.underWay += 1));
      original(algorithm, data, key, (error, signature) => {
        counts.underWay -= 1;
        done(error, signature);
      });
    }

    await Promise.all(Array.from({ length: 200 }, (_, index) => signers[index % 2]!.sign(String(index))));

    expect(counts).toEqual({ underWay: 0, most: 16, all: 200 });
  });

  test('F55 A signature whose signal has aborted rejects with its reason', async () => {
    const signer = KeySigner.fromPem(pemOf(RSA));

    const signing = signer.sign('data', { signal: AbortSignal.abort('reason') });

    await expect(signing).rejects.toBe('reason');
  });

  test('A signature that fails is a RefreshError with its cause', async () => {
    const cause = new Error('no memory');
    vi.spyOn(crypto, 'sign').mockImplementation((...parts: unknown[]) =>
      (parts.at(-1) as (error: Error) => void)(cause),
    );

    const signing = KeySigner.fromPem(pemOf(RSA)).sign('data');

    await expect(signing).rejects.toMatchObject({ name: 'RefreshError', code: 'signing_failed', cause });
  });

  test.each([undefined, null, 5, {}, [1]])('Data that is neither text nor bytes is refused: %s', async (data) => {
    const signing = KeySigner.fromPem(pemOf(RSA)).sign(data as never);

    await expect(signing).rejects.toThrow(new TypeError('"data" must be a string or a Uint8Array'));
  });
});

describe('Keys', () => {
  test.each([
    ['RS256', RSA],
    ['ES256', P256],
    ['ES384', P384],
  ] as const)('A key decides on its algorithm: %s', (algorithm, pair) => {
    expect(KeySigner.fromPem(pemOf(pair)).algorithm).toBe(algorithm);
    expect(KeySigner.fromPem(pemOf(pair), { algorithm }).algorithm).toBe(algorithm);
  });

  test.each([
    ['is an EC key on the curve P-256. RS256 needs another: one that is an RSA key.', P256, 'RS256'],
    ['is an RSA key. ES256 needs another: one that is an EC key on the curve P-256.', RSA, 'ES256'],
    ['is an EC key on the curve P-384. ES256 needs another', P384, 'ES256'],
  ])('F66 A key of another algorithm is refused: it %s', (message, pair, algorithm) => {
    expect(faultOf(pemOf(pair), { algorithm })).toMatchObject({
      code: 'invalid_key',
      message: expect.stringContaining(`The private key ${message}`),
    });
  });

  test.each([
    ['is an RSA key of 1024 bits', () => pemOf(rsaOf(1024))],
    ['is an RSA-PSS key', () => openssl('genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048')],
    ['is a key of the type ed25519', () => openssl('genpkey -algorithm ED25519')],
    ['is an EC key on the curve secp521r1', () => openssl('ecparam -name secp521r1 -genkey -noout')],
    ['is a key of the type dsa', () => pemOf(generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 }))],
    ['is encrypted', () => openssl('pkcs8 -topk8 -v2 aes-256-cbc -passout pass:secret', pemOf(RSA))],
    ['is damaged', () => damagedPemOf(P256)],
    ['is cut short', () => pemOf(RSA).slice(0, 1200)],
  ])('F66 F78 What cannot sign is refused by its name, and never quoted: it %s', (reason, pemFor) => {
    const pem = pemFor();

    const error = faultOf(pem, { where: '"private_key" of key.json' });

    expect(error).toMatchObject({
      code: 'invalid_key',
      message: expect.stringContaining(`"private_key" of key.json ${reason}`),
    });
    const shown = everythingShown(error);
    expect(piecesOf(pem).filter((piece) => shown.includes(piece))).toEqual([]);
  });

  test('The key id is kept, and a copy with another shares the parsed key', async () => {
    const signer = KeySigner.fromPem(pemOf(RSA), { keyId: 'one' });
    const parsing = vi.spyOn(crypto, 'createPrivateKey');

    const copy = signer.withKeyId('two');

    expect([signer.keyId, copy.keyId, copy.withKeyId(undefined).keyId]).toEqual(['one', 'two', undefined]);
    expect(await copy.sign('data')).toEqual(await signer.sign('data'));
    expect(parsing).not.toHaveBeenCalled();
  });

  test.each([
    ['"pem" must be a string', undefined, {}],
    ['"pem" must be a string', Buffer.from('pem'), {}],
    ['"options" must be an object', pemOf(P256), null],
    ['"keyId" must be a non-empty string', pemOf(P256), { keyId: '' }],
    ['"keyId" must be a non-empty string', pemOf(P256), { keyId: 5 }],
    ['"algorithm" must be one of RS256, ES256, ES384', pemOf(P256), { algorithm: 'HS256' }],
    ['"where" must be a string', pemOf(P256), { where: 5 }],
  ])('A wrong argument is named: %s', (message, pem, details) => {
    expect(() => KeySigner.fromPem(pem as never, details as never)).toThrow(new TypeError(message));
  });
});

describe('What a signer shows', () => {
  test.each([
    ['RSA', RSA],
    ['EC', P256],
  ] as const)('F78 It prints as a label, however it is printed, and never its key: %s', (_, pair) => {
    const signer = KeySigner.fromPem(pemOf(pair), { keyId: 'key-1' });

    const shown = everythingShown(signer) + inspect([signer], { showHidden: true }) + inspect(structuredClone(signer));

    expect(String(signer)).toBe(`[redacted ${signer.algorithm} key "key-1"]`);
    expect(JSON.stringify({ signer })).toContain('[redacted');
    const parts = Object.values(pair.privateKey.export({ format: 'jwk' })).filter((part) => String(part).length > 8);
    const pieces = [...piecesOf(pemOf(pair)), ...parts];
    expect(pieces.filter((piece) => shown.includes(piece as string))).toEqual([]);
    expect(shown).not.toContain('KeyObject');
  });

  test('It is frozen', () => {
    const signer = KeySigner.fromPem(pemOf(P256));

    expect(Object.isFrozen(signer)).toBe(true);
    expect(signer.constructor.name).toBe('KeySigner');
    expect(String(signer)).toBe('[redacted ES256 key]');
  });
});

function rsaOf(modulusLength: number): Pair {
  return generateKeyPairSync('rsa', { modulusLength });
}
