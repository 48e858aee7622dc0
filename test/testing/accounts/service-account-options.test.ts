import { expect, test } from 'vitest';
import { readServiceAccountOptions } from '../../../src/testing/accounts/service-account-options.js';

test('fitting options are taken as they are', () => {
  const options = { email: 'a@example.com', projectId: 'p', algorithm: 'ES256', ownKey: true } as const;
  const lists = { delegatedUsers: ['u'], tokenCreators: [] };

  expect({ ...readServiceAccountOptions({ ...options, ...lists }) }).toEqual({ ...options, ...lists });
});

test.each([
  [{ email: 5 }, '"email" must be a non-empty string'],
  [{ email: '' }, '"email" must be a non-empty string'],
  [{ projectId: '' }, '"projectId" must be a non-empty string'],
  [{ algorithm: 'HS256' }, `"algorithm" must be one of 'RS256', 'ES256'`],
  [{ ownKey: 'yes' }, '"ownKey" must be a boolean'],
  [{ delegatedUsers: 'boss@example.com' }, '"delegatedUsers" must be an array of non-empty strings'],
  [{ tokenCreators: [7] }, '"tokenCreators" must be an array of non-empty strings'],
  [{ tokenUri: new URL('http://127.0.0.2/') }, '"tokenUri" must be a non-empty string'],
  [{ quotaProjectId: 5 }, '"quotaProjectId" must be a non-empty string'],
  [{ universeDomain: null }, '"universeDomain" must be a non-empty string'],
])('%j is refused with a TypeError that names it', (options, message) => {
  expect(() => readServiceAccountOptions(options as never)).toThrow(new TypeError(message));
});
