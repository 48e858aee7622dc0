import { describe, expect, test } from 'vitest';
import { requireSigner, signWith } from '../../src/credentials/signing.js';
import { countedSigner, SIGNER } from '../fixtures/service-account.js';

describe('requireSigner', () => {
  test('takes whatever signs, and gives it back', () => {
    const own = countedSigner();

    expect(requireSigner(own, 'signer')).toBe(own);
    expect(requireSigner(SIGNER, 'signer')).toBe(SIGNER);
  });

  test.each([undefined, null, 'PEM', {}, { sign: null }, { algorithm: 'RS256' }, { sign: () => 7, algorithm: 'none' }])(
    'refuses what is none: %j',
    (value) => {
      expect(() => requireSigner(value, 'signer')).toThrow(/^"signer" must be a signer/);
    },
  );
});

describe('signWith', () => {
  test('gives what the signer gives', async () => {
    expect(Buffer.from(await signWith(countedSigner(), 'text', undefined)).toString()).toBe('the-signature-1');
  });

  test('F55 hears a caller’s abort, before and while a signer that does not hear it is at work', async () => {
    const signer = countedSigner();
    const leaving = new AbortController();
    const deaf = { ...signer, sign: () => new Promise<never>(() => undefined) };

    await expect(signWith(signer, 'text', { signal: AbortSignal.abort('gone') })).rejects.toBe('gone');
    const signing = signWith(deaf, 'text', { signal: leaving.signal });
    leaving.abort('left');

    await expect(signing).rejects.toBe('left');
    expect(signer.count).toBe(0);
  });

  test('refuses a signal that is none', async () => {
    await expect(signWith(countedSigner(), 'text', { signal: {} as AbortSignal })).rejects.toThrow('"signal"');
  });
});
