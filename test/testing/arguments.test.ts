import { expect, test } from 'vitest';
import { requireBoolean, requireNumber, requireOneOf } from '../../src/testing/arguments.js';

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
