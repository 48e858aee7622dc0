import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { requireSafeTarget } from '../../src/credentials/target-check.js';
import { TransportError } from '../../src/errors.js';

function isInsecureTarget(url: string): boolean {
  try {
    requireSafeTarget(url, undefined);
    return false;
  } catch (error) {
    if (error instanceof TransportError && error.code === 'insecure_target') return true;
    throw error;
  }
}

it.each(['https://api.example.com/', 'http://127.0.0.1:8080/', 'http://metadata.google.internal/', '/relative'])(
  'a token may be sent to %s',
  (url) => {
    expect(() => requireSafeTarget(url, undefined)).not.toThrow();
  },
);

it('a token is not sent over plain http, unless that was allowed', () => {
  const url = 'http://api.example.com/';

  expect(() => requireSafeTarget(url, undefined)).toThrow(
    expect.objectContaining({ code: 'insecure_target' }) as Error,
  );
  expect(() => requireSafeTarget(url, false)).toThrow(/RFC 6750/);
  expect(() => requireSafeTarget(url, true)).not.toThrow();
});

it('a URL that is no string is refused by its name, whatever is allowed', () => {
  for (const allowed of [undefined, true]) {
    expect(() => requireSafeTarget(new URL('https://x') as never, allowed)).toThrow(/"url" must be a string/);
  }
});

describe('The target of a token', () => {
  test.each([
    'http://example.com/',
    'HTTP://example.com/',
    '\u0000 \n http://example.com/',
    'ht\ntp://example.com/',
    'h\tttp:example.com',
    'http:\\\\example.com',
    'http://localhost@example.com/',
    'http://localhost.example.com/',
    'http://[bad',
    'http://exa mple.com/',
    'http://10.0.0.1/',
    '\u00a0http://example.com/',
    '\ufeff\u2003http://example.com/',
    '\u200b\u0085 http://example.com/',
  ])('Plain http to the outer world is insecure, however it is spelt (%j)', (url) => {
    expect(isInsecureTarget(url)).toBe(true);
  });

  test.each([
    'ws://example.com/',
    'WS://example.com/',
    'ws://localhost/',
    'ftp://example.com/',
    'FTP:example.com',
    'file:///etc/passwd',
    '\tfile:///etc/passwd',
    'fi\nle:///etc/passwd',
    'data:text/plain,x',
    'blob:https://example.com/1',
    'unix:/run/socket',
    'localhost:8080/x',
    'httpx://example.com/',
    'httpsx://example.com/',
  ])('Every other scheme is insecure: what it leads to is not known to be encrypted (%j)', (url) => {
    expect(isInsecureTarget(url)).toBe(true);
  });

  test.each([
    'https://example.com/',
    'HTTPS://example.com/',
    ' \u00a0https://example.com/',
    'ht\ttps://example.com/',
    'wss://example.com/',
    'WSS://example.com/',
    '/v1/things',
    '/v1/things:batch',
    '?q=a:b',
    ' /x:y',
    '1:2',
    '//example.com/',
    'v1/http://x',
    '',
    'http://localhost:8080/',
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://metadata.google.internal/computeMetadata/v1/',
    'http://metadata.google.internal./',
    'http://169.254.169.254/',
    'http://[fd20:ce::254]/',
    'http://metadata/',
  ])('Https, relative URLs, this machine and the metadata server are not insecure (%j)', (url) => {
    expect(isInsecureTarget(url)).toBe(false);
  });

  test('Controls and spaces before or within the scheme never hide plain http', () => {
    const skipped = fc.constantFrom('\t', '\n', '\r');
    const leading = fc.array(fc.nat(32).map((code) => String.fromCharCode(code))).map((parts) => parts.join(''));
    fc.assert(
      fc.property(leading, skipped, fc.nat(4), (before, inside, at) => {
        const url = `${before}${'http:'.slice(0, at)}${inside}${'http:'.slice(at)}//example.com/`;

        expect(new URL(url).protocol).toBe('http:');
        expect(isInsecureTarget(url)).toBe(true);
      }),
    );
  });
});
