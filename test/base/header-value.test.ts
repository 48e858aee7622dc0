import { describe, expect, it } from 'vitest';
import { isHeaderSafe, MAX_HEADER_VALUE_LENGTH, requireHeaderSafe } from '../../src/base/header-value.js';

const LONGEST = 'x'.repeat(MAX_HEADER_VALUE_LENGTH);

describe('A value for a header', () => {
  it.each(['x', 'ya29.a0Af_-~+/=', '!"#$%&\'()*,:;<>?@[\\]^`{|}', LONGEST])('F24 may be %j', (value) => {
    expect(isHeaderSafe(value)).toBe(true);
    expect(requireHeaderSafe(value, 'token')).toBe(value);
  });

  it.each([
    '',
    ' ',
    'a b',
    ' a',
    'a ',
    'a\tb',
    'a\r\nx-injected: 1',
    'a\n',
    '\ra',
    'a\0',
    'a\u007f',
    'caf\u00e9',
    'a\u2028b',
    'a\u010ab',
    '\ud83d\ude00',
    `${LONGEST}x`,
    undefined,
    null,
    7,
    ['token'],
    { toString: () => 'token' },
  ])('F24 may not be %j', (value) => {
    expect(isHeaderSafe(value)).toBe(false);
    expect(() => requireHeaderSafe(value, 'token')).toThrow(TypeError);
  });

  it('F78 is refused by the name of its argument, and never quoted', () => {
    expect(() => requireHeaderSafe('the secret\r\n', 'apiKey')).toThrow(
      /^"apiKey" must be a non-empty string of visible ASCII characters \(no space, line break or NUL\)$/,
    );
  });
});
