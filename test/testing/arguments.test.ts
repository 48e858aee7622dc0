import { expect, test } from 'vitest';
import type { Check } from '../../src/testing/arguments.js';
import {
  atLeast,
  oneOf,
  orNull,
  requireArray,
  requireBoolean,
  requireNumber,
  requireObject,
  requireOneOf,
  requireString,
  requireText,
  requireTexts,
} from '../../src/testing/arguments.js';

test('gives a fitting argument back', () => {
  expect(requireNumber('count', 3, 3)).toBe(3);
  expect(requireBoolean('on', false)).toBe(false);
  expect(requireOneOf('when', 'after', ['before', 'after'])).toBe('after');
});

test('names the argument and its expected type, and never quotes the value', () => {
  expect(() => requireNumber('count', 'secret', 1)).toThrow(
    new TypeError('"count" must be a finite number of at least 1'),
  );
  expect(() => requireNumber('count', Infinity)).toThrow(new TypeError('"count" must be a finite number'));
  expect(() => requireBoolean('on', 'secret')).toThrow(new TypeError('"on" must be a boolean'));
  expect(() => requireOneOf('when', 'secret', ['before', 'after'])).toThrow(
    new TypeError("\"when\" must be one of 'before', 'after'"),
  );
});

test.each<[Check, unknown, unknown, string]>([
  [atLeast(0), 0, -1, 'a finite number of at least 0'],
  [requireString, '', 7, 'a string'],
  [requireText, 'a', '', 'a non-empty string'],
  [requireText, 'a', 7, 'a non-empty string'],
  [requireTexts, ['a'], 'a', 'an array of non-empty strings'],
  [requireTexts, [], [''], 'an array of non-empty strings'],
  [requireArray, [7], 'a', 'an array'],
  [requireObject, {}, [], 'an object'],
  [requireObject, {}, null, 'an object'],
  [oneOf(['a', 'b']), 'b', 'c', "one of 'a', 'b'"],
  [orNull(requireString), null, 7, 'a string, or null'],
])('%o takes %j and refuses %j', (check, fitting, wrong, expected) => {
  expect(() => check('it', fitting)).not.toThrow();
  expect(() => check('it', wrong)).toThrow(new TypeError(`"it" must be ${expected}`));
});
