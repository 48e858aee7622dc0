import { expect, test } from 'vitest';
import { requireScopes } from '../../src/testing/scope-list.js';

test('a list of scopes is copied and frozen', () => {
  const scopes = ['read', 'write'];

  const checked = requireScopes('scopes', scopes);

  expect(checked).toEqual(scopes);
  expect(checked).not.toBe(scopes);
  expect(Object.isFrozen(checked)).toBe(true);
});

test.each(['read', ['read write'], [''], [7], undefined])('%j is refused with a TypeError that names it', (scopes) => {
  expect(() => requireScopes('scopes', scopes as never)).toThrow(
    new TypeError('"scopes" must be an array of strings without spaces'),
  );
});
