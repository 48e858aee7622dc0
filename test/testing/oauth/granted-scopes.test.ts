import { expect, test } from 'vitest';
import { narrowScopes } from '../../../src/testing/oauth/granted-scopes.js';
import { Refusal } from '../../../src/testing/oauth/refusal.js';

test.each([
  [undefined, ['a', 'b']],
  ['', ['a', 'b']],
  [' ', ['a', 'b']],
  ['b', ['b']],
  ['b a', ['a', 'b']],
  ['b b c', ['b']],
])('of a and b, a request for %j gets %j', (requested, granted) => {
  expect(narrowScopes(requested, ['a', 'b'])).toEqual(granted);
});

test('a request for nothing that was granted is refused', () => {
  expect(() => narrowScopes('c d', ['a', 'b'])).toThrow(Refusal);
});
