import { expect, test } from 'vitest';
import { freshUniqueId } from '../../../src/testing/accounts/unique-id.js';

test('identifiers have 21 digits, and are all different', () => {
  const ids = Array.from({ length: 100 }, freshUniqueId);

  expect(ids.every((id) => /^1\d{20}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(100);
});
