import { describe, expect, it } from 'vitest';
import { errorWord, sanitize } from '../../src/oauth/description.js';

const SECRET = '1//0a~b+c secret';

describe('A description', () => {
  it('is kept as it is where it is short, printable and free of secrets', () => {
    expect(sanitize('Token has been expired or revoked.', [SECRET, undefined])).toBe(
      'Token has been expired or revoked.',
    );
  });

  it.each([undefined, '', ' ', '\r\n\0'])('is none where the server sent %j', (text) => {
    expect(sanitize(text, [])).toBeUndefined();
  });

  it.each(['\r\n', '\0', '\u001b[31m', '\u0085', '\u2028', '\u202e', '\u200b', '\ufeff'])(
    'F79 has a space where the server sent %j',
    (control) => {
      expect(sanitize(`a${control.charAt(0)}${control.charAt(1)}b`, [])).toBe(
        control === '\u001b[31m' ? 'a [b' : 'a b',
      );
    },
  );

  it('F79 says nothing, and at once, where the server sent 1 MB of control characters', () => {
    expect(sanitize('\u0007'.repeat(1_000_000), [SECRET])).toBeUndefined();
    expect(sanitize('\u0007x'.repeat(500_000), [SECRET])).toHaveLength(301);
  });

  it('F79 is cut to 300 characters, and says so', () => {
    expect(sanitize('x'.repeat(300), [])).toBe('x'.repeat(300));
    expect(sanitize('x'.repeat(301), [])).toBe(`${'x'.repeat(300)}…`);
  });

  it.each([
    ['as it is', SECRET],
    ['as it went over the wire', new URLSearchParams({ '': SECRET }).toString().slice(1)],
    ['percent-encoded', encodeURIComponent(SECRET)],
  ])('F79 masks a secret that the server echoes %s', (_, echoed) => {
    expect(sanitize(`no: ${echoed}, again ${echoed}!`, ['unrelated-secret', SECRET])).toBe(
      'no: [redacted], again [redacted]!',
    );
  });

  it('F79 masks a secret before it cuts, so that no half of it stays', () => {
    expect(sanitize(`${'x'.repeat(290)}${'s'.repeat(40)}`, ['s'.repeat(40)])).toBe(`${'x'.repeat(290)}[redacted]`);
  });

  it('F79 masks a secret that was configured with a line break at its end, or with one in its midst', () => {
    expect(sanitize('bad secret GOCSPX-abcdef\ngiven', ['GOCSPX-abcdef\n'])).toBe('bad secret [redacted] given');
    expect(sanitize('bad secret GOCSPX-abcdef', ['GOCSPX-abcdef\n'])).toBe('bad secret [redacted]');
    expect(sanitize('bad GOCSPX\nabcdef', ['GOCSPX\nabcdef'])).toBe('bad [redacted]');
  });

  it('F79 survives a secret that is no well-formed text', () => {
    expect(sanitize('refused', ['lone \ud800 surrogate'])).toBe('refused');
  });

  it('is not riddled by secrets too short to be told from words', () => {
    expect(sanitize('a token', ['token', 'a', ''])).toBe('a token');
  });
});

describe('An error word', () => {
  it.each(['invalid_grant', 'org_internal', 'https://example.com/error'])('is %j', (word) => {
    expect(errorWord(word, [SECRET])).toBe(word);
  });

  it.each([undefined, '', 'two words', 'quo"ted', 'back\\slash', 'line\n', 'ümlaut', 'x'.repeat(65)])(
    'F79 is not %j',
    (text) => {
      expect(errorWord(text, [])).toBeUndefined();
    },
  );

  it('F79 is not one that holds a secret', () => {
    expect(errorWord('bad:refresh-token', ['refresh-token'])).toBeUndefined();
  });
});

it('F79 a secret that the server cut up by control characters is masked as a whole', () => {
  expect(sanitize('bad 1//0gAB\u0000CDEF\nGHIJ', ['1//0gABCDEFGHIJ'])).toBe('bad [redacted]');
});
