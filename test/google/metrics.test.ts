import { expect, test } from 'vitest';
import { API_CLIENT_HEADER, pingMetrics, tokenRequestMetrics, usageMetrics } from '../../src/google/metrics.js';
import { VERSION } from '../../src/google/version.js';

test('A token request names the runtime, this library and the kind of credentials.', () => {
  expect(tokenRequestMetrics('u')).toBe(`gl-node/${process.versions.node} auth/${VERSION} cred-type/u`);
});

test('A token request may name what it asks for.', () => {
  expect(tokenRequestMetrics('mds', 'it')).toBe(
    `gl-node/${process.versions.node} auth/${VERSION} auth-request-type/it cred-type/mds`,
  );
});

test('A ping of the metadata server names no kind of credentials, because there are none yet.', () => {
  expect(pingMetrics()).toBe(`gl-node/${process.versions.node} auth/${VERSION} auth-request-type/mds`);
});

test('A call to an API names the kind of credentials alone.', () => {
  expect(usageMetrics('u')).toBe('cred-type/u');
});

test('The header has the name that Google reads, in lower case.', () => {
  expect(API_CLIENT_HEADER).toBe('x-goog-api-client');
});
