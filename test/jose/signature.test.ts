import { describe, expect, test } from 'vitest';
import { ConfigurationError, RefreshError } from '../../src/errors.js';
import { requireSignature, signingFailed } from '../../src/jose/signature.js';
import { thrownBy } from '../fixtures/http-answer.js';

describe('F82 What a signer gives', () => {
  test.each([Uint8Array.of(1), Buffer.from('signature')])('is a signature where it is bytes', (given) => {
    expect(requireSignature(given)).toBe(given);
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'c2lnbmF0dXJl'],
    ['a number', 5],
    ['no bytes', new Uint8Array()],
    ['a buffer without a view', new ArrayBuffer(8)],
    ['other numbers', new Uint16Array(8)],
    ['a view of another kind', new DataView(new ArrayBuffer(8))],
    ['a list', [1, 2, 3]],
    ['an object', { length: 3 }],
    ['what only says that it is bytes', { [Symbol.toStringTag]: 'Uint8Array', length: 3 }],
  ])('is none where it is %s', (_, given) => {
    const error = thrownBy(() => requireSignature(given));

    expect(error).toMatchObject({ code: 'signing_failed', retryable: false });
    expect(String(error)).toContain('"signer.sign" must give a non-empty Uint8Array');
  });
});

describe('F82 What a signer throws', () => {
  test('is told as it is where it is an error for this', () => {
    const thrown = new RefreshError('rate_limited', 'Too many signatures.', { retryable: true });

    expect(signingFailed(thrown)).toBe(thrown);
  });

  test('is the cause otherwise, and passes where it says so', () => {
    const plain = new Error('down');
    const passing = new ConfigurationError('file_unreadable', 'For now.', { retryable: true });

    expect(signingFailed(plain)).toMatchObject({ code: 'signing_failed', retryable: false, cause: plain });
    expect(signingFailed(passing)).toMatchObject({ code: 'signing_failed', retryable: true, cause: passing });
    expect(signingFailed('text').cause).toBeUndefined();
  });
});
