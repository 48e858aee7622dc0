import { expect, test } from 'vitest';
import { readAuthorizedUserOptions } from '../../../src/testing/accounts/authorized-user-options.js';

test('fitting options are taken as they are', () => {
  const options = { email: 'a@example.com', scopes: ['read'], grantedScopes: [], withToken: true };

  expect({ ...readAuthorizedUserOptions(options) }).toEqual(options);
});

test.each([
  [{ grantedScopes: 'read' }, '"grantedScopes" must be an array of strings without spaces'],
  [{ scopes: [''] }, '"scopes" must be an array of strings without spaces'],
  [{ email: '' }, '"email" must be a non-empty string'],
  [{ account: 5 }, '"account" must be a non-empty string'],
  [{ quotaProjectId: 5 }, '"quotaProjectId" must be a non-empty string'],
  [{ universeDomain: null }, '"universeDomain" must be a non-empty string'],
  [{ tokenUri: 5 }, '"tokenUri" must be a non-empty string'],
  [{ withToken: 1 }, '"withToken" must be a boolean'],
])('%j is refused with a TypeError that names it', (options, message) => {
  expect(() => readAuthorizedUserOptions(options as never)).toThrow(new TypeError(message));
});
