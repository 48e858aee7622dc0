import { expect, test } from 'vitest';
import { isHeaderSafe } from '../../src/base/header-value.js';
import { VERSION } from '../../src/google/version.js';

test('The version is a semantic one that a header can hold.', () => {
  expect(VERSION).toMatch(/^\d+\.\d+\.\d+(-[0-9a-z.-]+)?$/);
  expect(isHeaderSafe(VERSION)).toBe(true);
});
