import { expect, it } from 'vitest';
import { coversScopes } from '../../src/credentials/covered-scopes.js';

it('scopes are covered by what was granted, else by what was asked for, and by nothing where neither is known', () => {
  expect(coversScopes({ grantedScopes: ['a'], scopes: ['b'] }, 'a')).toBe(true);
  expect(coversScopes({ grantedScopes: ['a'], scopes: ['b'] }, ['b'])).toBe(false);
  expect(coversScopes({ scopes: 'a b', defaultScopes: ['c'] }, ['b', 'a'])).toBe(true);
  expect(coversScopes({}, 'a')).toBe(false);
  expect(coversScopes({}, [])).toBe(true);
});
