import { LRUCache } from 'lru-cache';
import { describe, expect, test } from 'vitest';
import { Sweeper } from '../../src/cache/sweeper.js';

interface Value {
  readonly expiresAt: number;
}

function cacheOf(...ends: number[]): LRUCache<string, Value> {
  const cache = new LRUCache<string, Value>({ max: 1000 });
  for (const [index, expiresAt] of ends.entries()) cache.set(String(index), { expiresAt });
  return cache;
}

describe('Sweeper', () => {
  test('It removes what has expired, two entries at a time, and goes round again', () => {
    const cache = cacheOf(1, 9, 1, 9, 1, 9);
    const sweeper = new Sweeper(cache);
    const sizes: number[] = [];

    for (let sweep = 0; sweep < 8; sweep += 1) {
      sweeper.sweep(sweep < 4 ? 1 : 9);
      sizes.push(cache.size);
    }

    expect(sizes.slice(0, 4)).toEqual([5, 4, 3, 3]);
    expect(sizes.at(-1)).toBe(0);
  });

  test('An entry that was renewed between two looks stays', () => {
    const cache = cacheOf(1);
    const sweeper = new Sweeper(cache);
    sweeper.sweep(0);

    cache.set('0', { expiresAt: 9 });
    for (let sweep = 0; sweep < 4; sweep += 1) sweeper.sweep(5);

    expect(cache.peek('0')).toEqual({ expiresAt: 9 });
  });

  test('Entries that live for ever and come first do not keep it from those that have expired', () => {
    const cache = cacheOf(...Array.from({ length: 100 }, () => Infinity));
    const sweeper = new Sweeper(cache);

    for (let index = 100; index < 1000; index += 1) {
      cache.set(`short-${index}`, { expiresAt: index + 10 });
      sweeper.sweep(index);
    }

    expect(cache.size).toBeLessThan(300);
  });

  test('It goes on though the cache is emptied under it', () => {
    const cache = cacheOf(9, 9, 9);
    const sweeper = new Sweeper(cache);
    sweeper.sweep(0);

    cache.clear();
    sweeper.sweep(10);
    cache.set('new', { expiresAt: 5 });
    for (let sweep = 0; sweep < 3; sweep += 1) sweeper.sweep(10);

    expect(cache.size).toBe(0);
  });
});
