import { expect, test } from 'vitest';
import { PATHS } from '../../../src/testing/http/paths.js';

test('no two endpoints share a path', () => {
  const paths = Object.values(PATHS);

  expect(new Set(paths).size).toBe(paths.length);
  expect(paths.every((path) => path.startsWith('/') && !path.endsWith('/'))).toBe(true);
});
