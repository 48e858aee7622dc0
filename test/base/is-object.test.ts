import { expect, test } from 'vitest';
import { isObject } from '../../src/base/is-object.js';

test.each([{}, [], new Date(), Object.create(null)])('%o is an object', (value) => {
  expect(isObject(value)).toBe(true);
});

test.each([null, undefined, '', 0, true, Symbol.iterator, () => undefined])('%o is none', (value) => {
  expect(isObject(value)).toBe(false);
});
