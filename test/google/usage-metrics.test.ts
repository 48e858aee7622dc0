import { expect, test } from 'vitest';
import { API_CLIENT_HEADER, usageMetrics } from '../../src/google/usage-metrics.js';

test('A call to an API names the kind of credentials alone.', () => {
  expect(usageMetrics('u')).toBe('cred-type/u');
});

test('The header has the name that Google reads, in lower case.', () => {
  expect(API_CLIENT_HEADER).toBe('x-goog-api-client');
});
