import { describe, expect, test } from 'vitest';
import { requireSigner, signable, signWith } from '../../src/credentials/signing.js';
import { countedSigner, SIGNER } from '../fixtures/service-account.js';

describe('requireSigner', () => {
  test('takes whatever signs, and gives it back', () => {
    const own = countedSigner();
    const nameless = { ...own, keyId: undefined };

    expect(requireSigner(own, 'signer')).toBe(own);
    expect(requireSigner(nameless, 'signer')).toBe(nameless);
    expect(requireSigner(SIGNER, 'signer')).toBe(SIGNER);
  });

  test.each([undefined, null, 'PEM', {}, { sign: null }, { algorithm: 'RS256' }, { sign: () => 7, algorithm: 'none' }])(
    'refuses what is none: %j',
    (value) => {
      expect(() => requireSigner(value, 'signer')).toThrow(/^"signer" must be a signer/);
    },
  );

  test.each([5, {}, '', null, ['key-1']])('F82 refuses a key id that is none: %j', (keyId) => {
    expect(() => requireSigner({ ...countedSigner(), keyId }, 'signer')).toThrow(
      new TypeError('"signer.keyId" must be a non-empty string, or left out'),
    );
  });
});

describe('signWith', () => {
  test('gives what the signer gives', async () => {
    const signature = await signWith({ signer: countedSigner() }, 'text', undefined);

    expect(Buffer.from(signature).toString()).toBe('the-signature-1');
  });

  test('has the signer sign the bytes as they are at the call', async () => {
    const seen: unknown[] = [];
    const signer = countedSigner();
    const recording = {
      ...signer,
      sign: (data: string | Uint8Array) => {
        seen.push(data);
        return signer.sign(data);
      },
    };
    const bytes = new Uint8Array([1, 2, 3]);

    const signing = signWith({ signer: recording }, bytes, undefined);
    bytes.fill(9);
    await signing;
    await signWith({ signer: recording }, 'text', undefined);

    expect(seen).toEqual([new Uint8Array([1, 2, 3]), 'text']);
  });

  test.each([undefined, null, 7, [1], {}])('refuses what cannot be signed: %j', async (bytes) => {
    const signer = countedSigner();

    await expect(signWith({ signer }, bytes as never, undefined)).rejects.toThrow('"bytes" must be');
    expect(signer.count).toBe(0);
  });

  test('F55 asks for nothing where the caller has left already', async () => {
    const signer = countedSigner();

    const signing = signWith({ signer }, 'text', { signal: AbortSignal.abort('gone') });

    await expect(signing).rejects.toBe('gone');
    expect(signer.count).toBe(0);
  });

  test('refuses a signal that is none', async () => {
    const signing = signWith({ signer: countedSigner() }, 'text', { signal: {} as AbortSignal });

    await expect(signing).rejects.toThrow('"signal"');
  });
});

test('What is to be signed is copied: a text as UTF-8, and a view without what lies around it', () => {
  const bytes = new Uint8Array([1, 2, 3, 4]);

  const copy = signable(bytes.subarray(1, 3));
  bytes.fill(9);

  expect(copy).toEqual(new Uint8Array([2, 3]));
  expect(signable('ä')).toEqual(new Uint8Array([0xc3, 0xa4]));
  expect(signable(new DataView(new ArrayBuffer(2)))).toEqual(new Uint8Array(2));
});
