import { expect, test } from 'vitest';
import { wholeSeconds } from '../../../src/testing/oauth/whole-seconds.js';

test.each([
  [3_600_000, 3_600],
  [1_999, 1],
  [1_000, 1],
  [999, 1],
  [1, 1],
  [0, 0],
  [-1, -1],
])('%i ms are %i s on the wire: what lives is never told to be dead', (milliseconds, seconds) => {
  expect(wholeSeconds(milliseconds)).toBe(seconds);
});
