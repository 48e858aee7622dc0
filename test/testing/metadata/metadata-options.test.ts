import { expect, test } from 'vitest';
import { readMetadataOptions } from '../../../src/testing/metadata/metadata-options.js';

test('fitting options are taken as they are', () => {
  const options = { projectId: 'p', universeDomain: null, serviceAccounts: [{}, { email: 'a@example.com' }] };

  expect({ ...readMetadataOptions(options) }).toEqual(options);
});

test.each([
  [{ projectId: 5 }, '"projectId" must be a non-empty string'],
  [{ numericProjectId: '1' }, '"numericProjectId" must be a finite number of at least 0'],
  [{ universeDomain: 5 }, '"universeDomain" must be a string, or null'],
  [{ tokenRenewalMs: -1 }, '"tokenRenewalMs" must be a finite number of at least 0'],
  [{ serviceAccounts: 'x' }, '"serviceAccounts" must be an array'],
  [{ serviceAccounts: [{}, null] }, '"serviceAccounts[1]" must be a plain object'],
  [{ serviceAccounts: [{ emial: 'a' }] }, '"serviceAccounts[0]" must not hold "emial": it takes email, scopes'],
  [{ serviceAccounts: [{ email: 5 }] }, '"serviceAccounts[0].email" must be a non-empty string'],
  [{ serviceAccounts: [{ scopes: 'r' }] }, '"serviceAccounts[0].scopes" must be an array of strings without spaces'],
])('%j is refused with a TypeError that names it', (options, message) => {
  expect(() => readMetadataOptions(options as never)).toThrow(new TypeError(message));
});
