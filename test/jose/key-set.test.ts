import crypto from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { KeySet } from '../../src/jose/key-set.js';
import { certificateOf, jwkOf, P256, P384, publicPemOf, RSA } from '../fixtures/keys.js';

/** One key under many ids. */
function manyTimes(length: number, key: object): KeySet {
  return new KeySet(Array.from({ length }, (_, index) => [String(index), key] as const));
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('A key of a set', () => {
  test('is found by its id, with its algorithm', () => {
    const keys = new KeySet([
      ['a', jwkOf(RSA)],
      ['b', publicPemOf(P256)],
      ['c', certificateOf(P384)],
    ]);

    expect(['a', 'b', 'c', 'd'].map((keyId) => keys.get(keyId)?.algorithm)).toEqual([
      'RS256',
      'ES256',
      'ES384',
      undefined,
    ]);
    expect(keys.keyIds).toEqual(['a', 'b', 'c']);
    expect([keys.has('a'), keys.has('d')]).toEqual([true, false]);
  });

  test('is parsed when it is asked for, and once', () => {
    const parse = vi.spyOn(crypto, 'createPublicKey');
    const keys = manyTimes(8_000, jwkOf(RSA));

    const [first, again] = [keys.get('7999'), keys.get('7999')];

    expect(first?.algorithm).toBe('RS256');
    expect(again).toBe(first);
    expect(parse).toHaveBeenCalledTimes(1);
  });

  test('that cannot be used is looked at once, and counts as not there', () => {
    const parse = vi.spyOn(crypto, 'createPublicKey');
    const keys = new KeySet([['a', { ...jwkOf(P256), x: 'AAAA' }]]);

    expect([keys.get('a'), keys.get('a')]).toEqual([undefined, undefined]);
    expect(parse).toHaveBeenCalledTimes(1);
    expect(keys.isUsable).toBe(false);
  });

  test('gives way to the next one under its id where it cannot be used', () => {
    const keys = new KeySet([
      ['a', 'no PEM'],
      ['a', jwkOf(P256)],
      ['a', jwkOf(P384)],
    ]);

    expect(keys.get('a')?.algorithm).toBe('ES256');
    expect(keys.isUsable).toBe(true);
  });

  test.each(['__proto__', 'constructor', ''])('F81 is not found by a name that objects have: %j', (keyId) => {
    expect(new KeySet([['a', jwkOf(RSA)]]).get(keyId)).toBeUndefined();
  });
});

describe('The only key for an algorithm', () => {
  test('is found without an id', () => {
    const keys = new KeySet([
      ['a', jwkOf(RSA)],
      ['b', jwkOf(P256)],
    ]);

    expect(keys.only('RS256')).toBe(keys.get('a'));
    expect(keys.only('ES384')).toBeUndefined();
  });

  test('is none of several', () => {
    const keys = new KeySet([
      ['a', jwkOf(P256)],
      ['b', jwkOf(P256)],
    ]);

    expect(keys.only('ES256')).toBeUndefined();
  });

  test('is not sought among more than a hundred', () => {
    const parse = vi.spyOn(crypto, 'createPublicKey');
    const keys = manyTimes(101, jwkOf(P256));

    expect(keys.only('RS256')).toBeUndefined();
    expect(parse).not.toHaveBeenCalled();
  });
});
