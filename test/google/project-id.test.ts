import { expect, test } from 'vitest';
import { isProjectId } from '../../src/google/project-id.js';

test.each([
  ['my-project', true],
  ['example.com:my-project-1', true],
  ['', false],
  ['-project', false],
  ['my project', false],
  ['<html>', false],
  ['project\n', false],
  ['p'.repeat(256), false],
])('A project is called by letters, digits, dashes, dots and colons: %j', (value, expected) => {
  expect(isProjectId(value)).toBe(expected);
});
