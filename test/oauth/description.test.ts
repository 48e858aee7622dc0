import { describe, expect, it } from 'vitest';
import { WITHHELD } from '../../src/base/quotable.js';
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
  ])('F79 has [redacted] in the place of a secret that the server echoes %s', (_, echoed) => {
    expect(sanitize(`no: ${echoed}, again ${echoed}!`, ['unrelated-secret', SECRET])).toBe(
      'no: [redacted], again [redacted]!',
    );
  });

  it.each([
    ['in lower-case percent', encodeURIComponent(SECRET).toLowerCase()],
    ['in percent, twice', encodeURIComponent(encodeURIComponent(SECRET))],
    ['in JSON', SECRET.replaceAll('/', '\\/')],
    ['in HTML', SECRET.replaceAll('/', '&#x2F;')],
    ['in base64, with the id of the client', btoa(`client:${SECRET}`)],
    ['by its beginning', `${SECRET.slice(0, 8)}...`],
    ['in capitals', SECRET.toUpperCase()],
    ['cut up by controls', `${SECRET.slice(0, 5)}\0${SECRET.slice(5)}`],
  ])('F79 is withheld where the server echoes a secret %s', (_how, echoed) => {
    expect(sanitize(`Bad token ${echoed}`, [undefined, SECRET])).toBe(WITHHELD);
  });

  it('F79 is masked before it is cut, so that no half of a secret stays', () => {
    expect(sanitize(`${'x'.repeat(290)}${'s'.repeat(40)}`, ['s'.repeat(40)])).toBe(`${'x'.repeat(290)}[redacted]`);
  });

  it('F79 does not show a secret that was configured with a line break at its end, or with one in its midst', () => {
    expect(sanitize('bad secret GOCSPX-abcdef\ngiven', ['GOCSPX-abcdef\n'])).toBe('bad secret [redacted] given');
    expect(sanitize('bad secret GOCSPX-abcdef', ['GOCSPX-abcdef\n'])).toBe('bad secret [redacted]');
    expect(sanitize('bad GOCSPX\nabcdef', ['GOCSPX\nabcdef'])).toBe('bad [redacted]');
    expect(sanitize('bad GOCSPX abcdef', ['GOCSPX\nabcdef'])).toBe('bad [redacted]');
  });

  it('F79 survives a secret that is no well-formed text', () => {
    expect(sanitize('refused', ['lone \ud800 surrogate'])).toBe('refused');
  });

  it('F79 shows no short secret either', () => {
    expect(sanitize('a bad token', ['token', 'a', ''])).toBe('[redacted] bad [redacted]');
  });
});

describe('An error word', () => {
  it.each(['invalid_grant', 'org_internal', 'https://example.com/error'])('is %j', (word) => {
    expect(errorWord(word, [SECRET])).toBe(word);
  });

  it('is one of those that everybody knows, whatever the secrets are', () => {
    expect(errorWord('invalid_grant', ['invalid', 'my_invalid_grant', 'invalid_grant'])).toBe('invalid_grant');
  });

  it.each([undefined, '', 'two words', 'quo"ted', 'back\\slash', 'line\n', 'ümlaut', 'x'.repeat(65)])(
    'F79 is not %j',
    (text) => {
      expect(errorWord(text, [])).toBeUndefined();
    },
  );

  it.each(['bad:refresh-token', 'bad:REFRESH-TOKEN', 'bad:refresh-', 'bad:short'])(
    'F79 is not one that holds a secret: %s',
    (word) => {
      expect(errorWord(word, ['refresh-token', 'short'])).toBeUndefined();
    },
  );
});
