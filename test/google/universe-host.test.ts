import { describe, expect, it } from 'vitest';
import { isUniverseHost } from '../../src/google/universe-host.js';
import { GOOGLE_TOKEN_URI } from '../../src/google/well-known.js';

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

  it('has the host of Google’s own token endpoint where it is Google’s', () => {
    expect(isUniverseHost(GOOGLE_TOKEN_URI, 'googleapis.com')).toBe(true);
    expect(isUniverseHost(GOOGLE_TOKEN_URI, 'example-universe.goog')).toBe(false);
  });
});
