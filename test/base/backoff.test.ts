import { expect, test } from 'vitest';
import { fullJitterMs } from '../../src/base/backoff.js';

test('The longest delay doubles with every failure', () => {
  const longest = [0, 1, 2, 3].map((attempt) => fullJitterMs(attempt, { baseMs: 500, capMs: 60_000, random: 1 }));

  expect(longest).toEqual([500, 1000, 2000, 4000]);
});

test('A delay is drawn evenly from nothing to the longest', () => {
  const drawn = [0, 0.25, 0.5, 0.75].map((random) => fullJitterMs(1, { baseMs: 500, capMs: 60_000, random }));

  expect(drawn).toEqual([0, 250, 500, 750]);
});

test.each([8, 100, 5_000])('The cap holds after %i failures', (attempt) => {
  expect(fullJitterMs(attempt, { baseMs: 500, capMs: 60_000, random: 0.5 })).toBe(30_000);
});

test('The floor holds where little was drawn', () => {
  expect(fullJitterMs(3, { baseMs: 500, capMs: 60_000, floorMs: 50, random: 0.001 })).toBe(50);
});

test('A cap below the floor wins', () => {
  expect(fullJitterMs(3, { baseMs: 500, capMs: 20, floorMs: 50, random: 0.5 })).toBe(20);
});
