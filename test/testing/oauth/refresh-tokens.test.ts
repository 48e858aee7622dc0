import { expect, test } from 'vitest';
import { RefreshTokens } from '../../../src/testing/oauth/refresh-tokens.js';

test('the current token is current whatever the grace', () => {
  const tokens = new RefreshTokens();

  expect(tokens.standing(tokens.current, 0, 0)).toBe('current');
});

test('a replaced token is good while its grace lasts, counted from its own replacement', () => {
  const tokens = new RefreshTokens();
  const first = tokens.current;
  const second = tokens.rotate(1_000);
  tokens.rotate(5_000);

  expect(tokens.standing(first, 1_099, 100)).toBe('within-grace');
  expect(tokens.standing(first, 1_100, 100)).toBe('reused');
  expect(tokens.standing(second, 5_099, 100)).toBe('within-grace');
});

test('without a grace a replaced token is used again even in the same millisecond', () => {
  const tokens = new RefreshTokens();
  const first = tokens.current;

  tokens.rotate(1_000);

  expect(tokens.standing(first, 1_000, 0)).toBe('reused');
});

test('tokens hold characters that a form must encode', () => {
  expect(new RefreshTokens().current).toMatch(/^1\/\/[\w-]{43}$/);
});
