import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { missingScopes, parseScopes, scopesToString } from '../../src/base/scopes.js';

const token = fc.stringMatching(/^[\x21\x23-\x5B\x5D-\x7E]{1,12}$/);

describe('parseScopes', () => {
  test('A string is split at white space and never spread into letters', () => {
    expect(parseScopes(' openid\temail \n profile ', 'scopes')).toEqual(['openid', 'email', 'profile']);
  });

  test('An array, a Set and a generator give the same list, and elements that hold spaces are split', () => {
    const generator = (function* () {
      yield 'a b';
      yield 'c';
    })();

    expect(parseScopes(['a b', 'c'], 'scopes')).toEqual(['a', 'b', 'c']);
    expect(parseScopes(new Set(['a b', 'c']), 'scopes')).toEqual(['a', 'b', 'c']);
    expect(parseScopes(generator, 'scopes')).toEqual(['a', 'b', 'c']);
  });

  test('F68 Duplicates are removed and the order is kept', () => {
    expect(parseScopes('b a b c a', 'scopes')).toEqual(['b', 'a', 'c']);
  });

  test('Tokens of the same scopes share one list', () => {
    const first = parseScopes('a b', 'scopes');

    expect(parseScopes('a b', 'scopes')).toBe(first);
    expect(parseScopes(first, 'scopes')).toBe(first);
    expect(parseScopes('a c', 'scopes')).toEqual(['a', 'c']);
  });

  test('The list is a frozen copy that later edits of the array do not reach', () => {
    const given = ['a'];

    const scopes = parseScopes(given, 'scopes');
    given.push('b');

    expect(scopes).toEqual(['a']);
    expect(Object.isFrozen(scopes)).toBe(true);
  });

  test('Undefined stays undefined, and an empty string is an empty list', () => {
    expect(parseScopes(undefined, 'scopes')).toBeUndefined();
    expect(parseScopes('', 'scopes')).toEqual([]);
  });

  test.each([
    [null],
    [7],
    [true],
    [{}],
    [new Map([['a', 'b']])],
    [[7]],
    [['a', null]],
    [new String('a b')],
    [new Uint8Array(2)],
  ])('A value of another type is a TypeError that names the argument (%#)', (value) => {
    expect(() => parseScopes(value as never, 'defaultScopes')).toThrow(/^"defaultScopes/);
    expect(() => parseScopes(value as never, 'defaultScopes')).toThrow(TypeError);
  });

  test.each(['a"b', 'a\\b', 'caf\u00e9', 'a\u0000b', 'a\u007fb'])(
    'F68 A character that RFC 6749 does not allow is refused with the index and without the value (%#)',
    (bad) => {
      expect(() => parseScopes(['fine', bad], 'scopes')).toThrow(
        '"scopes[1]" must be visible ASCII without quotation marks and backslashes',
      );
      expect(() => parseScopes(`fine ${bad}`, 'scopes')).toThrow('"scopes" (scope 1) must be visible ASCII');
    },
  );

  test('Reading what was written gives the same scopes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(token), (scopes) => {
        expect(parseScopes(scopesToString(scopes), 'scopes')).toEqual(scopes);
        expect(parseScopes(scopes, 'scopes')).toEqual(scopes);
      }),
    );
  });
});

describe('missingScopes', () => {
  test('Scopes are compared as sets and those not granted are told in the order requested', () => {
    expect(missingScopes(['c', 'a', 'b'], ['a', 'x', 'a'])).toEqual(['c', 'b']);
    expect(missingScopes(['a', 'b'], ['b', 'a'])).toEqual([]);
  });

  test('A hundred thousand scopes are compared before anybody would notice', () => {
    const scopes = (prefix: string): string[] => Array.from({ length: 100_000 }, (_, index) => prefix + String(index));

    // Each with each would take longer than a test may.
    expect(missingScopes(scopes('a'), scopes('b'))).toHaveLength(100_000);
  });
});
