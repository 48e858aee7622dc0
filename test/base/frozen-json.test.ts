import { expect, test } from 'vitest';
import { frozenJson } from '../../src/base/frozen-json.js';

test('The copy is frozen to its depth and does not follow later edits', () => {
  const given = { claims: { roles: ['a'] } };

  const copy = frozenJson(given, 'additionalClaims');
  given.claims.roles.push('b');

  expect(copy).toEqual({ claims: { roles: ['a'] } });
  expect(Object.isFrozen(copy)).toBe(true);
  expect(Object.isFrozen((copy['claims'] as { roles: string[] }).roles)).toBe(true);
});

class Claims {
  readonly sub = 'x';
}

test.each([null, [], 'text', 7, undefined, new Map([['a', 1]]), new Date(), new Claims()])(
  'What is no object is a TypeError that names the argument: %j',
  (value) => {
    expect(() => frozenJson(value, 'additionalClaims')).toThrow(
      new TypeError('"additionalClaims" must be an object that can be written as JSON'),
    );
  },
);

test('What JSON cannot carry is a TypeError that does not quote it', () => {
  const circular: Record<string, unknown> = { secret: 's3cret' };
  circular['self'] = circular;

  expect(() => frozenJson(circular, 'parameters')).toThrow(
    new TypeError('"parameters" must be an object that can be written as JSON'),
  );
  expect(() => frozenJson({ amount: 7n }, 'parameters')).toThrow(TypeError);
  expect(() => frozenJson({ exp: NaN }, 'parameters')).toThrow(TypeError);
});

test('A copy that was made here is given back as it is, so that thousands of credentials share one', () => {
  const copy = frozenJson({ roles: ['a'] }, 'additionalClaims');

  expect(frozenJson(copy, 'additionalClaims')).toBe(copy);
  expect(frozenJson(Object.freeze({ roles: ['a'] }), 'additionalClaims')).not.toBe(copy);
});
