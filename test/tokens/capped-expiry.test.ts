import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cappedExpiry } from '../../src/tokens/capped-expiry.js';

const DAY = 86_400_000;
const NOW = Date.UTC(2030, 0, 1);

const names: string[] = [];
const listen = (message: unknown): void => {
  names.push((message as { name: string }).name);
};

beforeEach(() => {
  names.length = 0;
  subscribe('credence:notice', listen);
});
afterEach(() => {
  unsubscribe('credence:notice', listen);
});

describe('F18 the end of a token', () => {
  test.each([
    ['an hour from now', 3_600_000],
    ['30 days from now', 30 * DAY],
    ['in the past', -DAY],
  ])('is believed without a word where it is %s', (_, leftMs) => {
    expect(cappedExpiry(NOW + leftMs, NOW)).toBe(NOW + leftMs);
    expect(names).toEqual([]);
  });

  test('is believed and told to observers where it is more than 30 days away', () => {
    expect(cappedExpiry(NOW + 31 * DAY, NOW)).toBe(NOW + 31 * DAY);
    expect(names).toEqual(['lifetime_suspect']);
  });

  test.each([
    ['400 days', NOW + 400 * DAY],
    ['milliseconds that were taken for seconds', (NOW + 3_600_000) * 1_000],
    ['infinity', Infinity],
  ])('is a year away at most: %s', (_, expiresAt) => {
    expect(cappedExpiry(expiresAt, NOW)).toBe(NOW + 365 * DAY);
    expect(names).toEqual(['lifetime_suspect']);
  });
});
