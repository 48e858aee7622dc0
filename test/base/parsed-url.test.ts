import { expect, it } from 'vitest';
import { parsedUrl } from '../../src/base/parsed-url.js';

it('A text that is an absolute URL is parsed', () => {
  expect(parsedUrl(' HTTPS://Example.com:443/a/../b')?.href).toBe('https://example.com/b');
});

it.each([
  '',
  '/b',
  '//example.com/',
  'example.com',
  'https://',
  'https://a:b/',
  7,
  null,
  undefined,
  new URL('https://x'),
])('Nothing else is: %j', (value) => {
  expect(parsedUrl(value)).toBeUndefined();
});

it('A relative one is parsed where there is what it is relative to', () => {
  expect(parsedUrl('../b', new URL('https://example.com/a/'))?.href).toBe('https://example.com/b');
  expect(parsedUrl('https://', new URL('https://example.com/a/'))).toBeUndefined();
});

it('A host name with an umlaut stays one, however often it is read', () => {
  const misread = Array.from({ length: 20_000 }, () => parsedUrl('https://bücher.example/')?.hostname).filter(
    (hostname) => hostname !== 'xn--bcher-kva.example',
  );

  expect(misread).toEqual([]);
});
