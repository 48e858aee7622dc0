import { expect, test } from 'vitest';
import { decodedSegment } from '../../../src/testing/http/path-segment.js';

test('escapes are undone, and what is no escape stays', () => {
  expect(decodedSegment('me%40example.com')).toBe('me@example.com');
  expect(decodedSegment('me@example.com')).toBe('me@example.com');
  expect(decodedSegment('%E0%A4%A')).toBe('%E0%A4%A');
});
