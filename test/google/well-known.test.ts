import { expect, test } from 'vitest';
import { checkEndpoint, checkUniverseDomain, untrustedFile } from '../../src/base/url.js';
import {
  API_KEY_HEADER,
  DEFAULT_UNIVERSE_DOMAIN,
  GOOGLE_TOKEN_URI,
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
