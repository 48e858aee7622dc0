import { expect, test } from 'vitest';
import { readingsOf } from '../../src/base/unescaped.js';

test.each([
  ['percent', 'a%2fb%2Fc', 'a/b/c'],
  ['percent, twice', 'a%252Fb', 'a/b'],
  ['percent of UTF-8', '%C3%BC', 'ü'],
  ['percent of no UTF-8', '%fc%2f', 'ü/'],
  ['JSON', String.raw`a\/b\u002fc\x2Fd\"e\\f`, 'a/b/c/d"e\\f'],
  ['a line break in JSON', String.raw`a\nb`, 'a\nb'],
  ['HTML in numbers', 'a&#x2F;b&#47;c', 'a/b/c'],
  ['HTML by name', '&lt;a&AMP;b&quot;&sol;', '<a&b"/'],
  ['JSON in HTML in percent', encodeURIComponent('&#92;u002f'), '/'],
])('The readings of a text in %s hold what it says', (_kind, text, said) => {
  const readings = readingsOf(text);

  expect(readings?.[0]).toBe(text);
  expect(readings).toContain(said);
});

test('Each kind of escape may be read or left: what looks like one may be a part of the text', () => {
  expect(readingsOf(String.raw`b\/%41`)).toEqual(
    expect.arrayContaining([String.raw`b\/%41`, 'b/%41', String.raw`b\/A`, 'b/A']),
  );
});

test.each(['plain', '100%', '%zz', '&nope;', '&#x110000;', 'a & b', '\\'])(
  '%j has one reading, or a harmless one',
  (text) => {
    expect(readingsOf(text)?.length).toBeLessThanOrEqual(2);
  },
);

test('A text that is escaped again and again and again is not read at all', () => {
  expect(readingsOf(`%${'25'.repeat(100)}2f`)).toBeUndefined();
});
