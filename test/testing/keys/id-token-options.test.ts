import { expect, test } from 'vitest';
import { readIdTokenOptions } from '../../../src/testing/keys/id-token-options.js';

test('fitting options are taken as they are', () => {
  const options = { audience: 'client-1', issuer: '', kid: null, claims: {}, issuedAt: 0, lifetimeMs: -1 };

  expect({ ...readIdTokenOptions(options) }).toEqual(options);
});

test.each([
  [{ audience: undefined }, '"audience" must be a non-empty string'],
  [{ audience: ['client-1'] }, '"audience" must be a non-empty string'],
  [{ style: 'other' }, `"style" must be one of 'google', 'firebase'`],
  [{ issuer: 5 }, '"issuer" must be a string'],
  [{ claims: 'email' }, '"claims" must be an object'],
  [{ kid: 5 }, '"kid" must be a string, or null'],
  [{ issuedAt: NaN }, '"issuedAt" must be a finite number'],
  [{ lifetimeMs: '1' }, '"lifetimeMs" must be a finite number'],
  [{ defect: 'Expired' }, /^"defect" must be one of 'expired', /],
  [{ expired: true }, /^"options" must not hold "expired": it takes audience, .*defect$/],
])('%j is refused with a TypeError that names it', (options, message) => {
  const reading = (): unknown => readIdTokenOptions({ audience: 'client-1', ...options } as never);

  expect(reading).toThrow(TypeError);
  expect(reading).toThrow(message);
});
