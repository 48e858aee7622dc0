import { describe, expect, it, test } from 'vitest';
import { checkEndpoint, checkUniverseDomain, untrustedFile } from '../../src/base/url.js';
import {
  API_KEY_HEADER,
  DEFAULT_UNIVERSE_DOMAIN,
  GOOGLE_TOKEN_URI,
  isUniverseHost,
  QUOTA_PROJECT_HEADER,
} from '../../src/google/well-known.js';

test('Google’s own token endpoint passes the strictest policy, spelt as it is.', () => {
  expect(checkEndpoint(GOOGLE_TOKEN_URI, 'the default', untrustedFile)).toBe(GOOGLE_TOKEN_URI);
});

test('The default universe is one that the check of universes takes.', () => {
  expect(checkUniverseDomain(DEFAULT_UNIVERSE_DOMAIN, 'universeDomain')).toBe('googleapis.com');
});

test('Header names are in lower case, as headers are looked up by them.', () => {
  expect([QUOTA_PROJECT_HEADER, API_KEY_HEADER]).toEqual(['x-goog-user-project', 'x-goog-api-key']);
});

describe('A universe', () => {
  it.each([
    'https://googleapis.com/',
    'https://storage.googleapis.com/b/o',
    'https://a.b.googleapis.com:443',
    'https://STORAGE.GOOGLEAPIS.COM/',
    'https://storage.googleapis.com?x=https://evil.example/',
  ])('has the host of %s', (url) => {
    expect(isUniverseHost(url, 'googleapis.com')).toBe(true);
  });

  it.each([
    'https://evilgoogleapis.com/',
    'https://googleapis.com.evil.example/',
    'https://storage.googleapis.com@evil.example/',
    'https://evil.example/googleapis.com',
    'https://evil.example/?.googleapis.com',
    'https://evil.example#.googleapis.com',
    'https://evil.example\\.googleapis.com',
    'https://com/',
    '/relative',
    'no url',
    '',
  ])('has not the host of %s', (url) => {
    expect(isUniverseHost(url, 'googleapis.com')).toBe(false);
  });

  it('of a partner has the partner’s hosts, and not Google’s', () => {
    expect(isUniverseHost('https://storage.example-universe.goog/', 'example-universe.goog')).toBe(true);
    expect(isUniverseHost('https://storage.googleapis.com/', 'example-universe.goog')).toBe(false);
  });
});
