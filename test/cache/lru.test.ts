import { subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { manualClock } from 'credence/testing';
import { loadLruCache } from '../../src/cache/lru.js';

const LruCache = await loadLruCache();

describe('Entries', () => {
  test('What is put there is found there, until it is removed', () => {
    const cache = new LruCache<object>({ maxEntries: 10 });
    const value = {};

    cache.set('a', value);
    const found = cache.get('a');
    const removed = [cache.delete('a'), cache.delete('a')];

    expect(found).toBe(value);
    expect(removed).toEqual([true, false]);
    expect(cache.get('a')).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  test('A later value takes the place of an earlier one', () => {
    const cache = new LruCache<number>({ maxEntries: 2 });

    cache.set('a', 1);
    cache.set('b', 2);
    cache.set('a', 3);

    expect(cache.values()).toEqual([3, 2]);
  });

  test('Nothing is left after clear()', () => {
    const cache = new LruCache<number>({ maxEntries: 2 });
    cache.set('a', 1);

    cache.clear();

    expect([cache.size, cache.bytes, cache.values()]).toEqual([0, 0, []]);
  });

  test('F81 Keys that are names of objects are keys like others', () => {
    const cache = new LruCache<number>({ maxEntries: 2 });

    cache.set('__proto__', 1);

    expect([cache.get('__proto__'), cache.get('constructor')]).toEqual([1, undefined]);
  });
});

describe('Bounds', () => {
  test('F58 The entry that was used least recently makes room', () => {
    const cache = new LruCache<number>({ maxEntries: 3 });
    for (const [index, key] of ['a', 'b', 'c'].entries()) cache.set(key, index);

    cache.get('a');
    cache.set('d', 3);

    expect([cache.get('b'), cache.get('a'), cache.size]).toEqual([undefined, 0, 3]);
  });

  test('Looking through all values uses none of them', () => {
    const cache = new LruCache<number>({ maxEntries: 2 });
    cache.set('a', 1);
    cache.set('b', 2);

    cache.values();
    cache.set('c', 3);

    expect(cache.get('a')).toBeUndefined();
  });

  test('F58 Bytes are bounded too, the key and the bookkeeping included', () => {
    const cache = new LruCache<number>({ maxBytes: 3000 });

    for (let index = 0; index < 100; index += 1) cache.set(`key-${index}`, index, { bytes: 740 });

    expect(cache.values()).toEqual([99, 98]);
    expect(cache.bytes).toBe(2 * (740 + 256 + 6));
  });

  test('A value that is larger than the cache is not held, and what it was to replace is gone', () => {
    const cache = new LruCache<number>({ maxBytes: 1000 });
    cache.set('a', 1);
    cache.set('b', 2);

    cache.set('a', 3, { bytes: 1000 });

    expect([cache.get('a'), cache.get('b')]).toEqual([undefined, 2]);
  });

  test('A size that is no number holds nothing', () => {
    const cache = new LruCache<number>({ maxBytes: 1000 });

    cache.set('a', 1, { bytes: NaN });

    expect(cache.size).toBe(0);
  });

  test('A large bound takes no memory before there are entries', () => {
    const cache = new LruCache<number>({ maxEntries: Number.MAX_SAFE_INTEGER });

    cache.set('a', 1);

    expect(cache.get('a')).toBe(1);
  });

  test('Whoever asks for it is given each value that had to make room, and no other', () => {
    const evicted: number[] = [];
    const cache = new LruCache<number>({ maxEntries: 2, onEvicted: (value) => evicted.push(value) });

    for (const [key, value] of [
      ['a', 1],
      ['b', 2],
      ['a', 3],
      ['c', 4],
    ] as const)
      cache.set(key, value);
    cache.delete('a');
    cache.clear();

    expect(evicted).toEqual([2]);
  });

  test('Both bounds hold whatever is done', () => {
    const step = fc.record({ key: fc.integer({ min: 0, max: 30 }), bytes: fc.nat(900), reads: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const cache = new LruCache<number>({ maxEntries: 7, maxBytes: 5000 });
        for (const { key, bytes, reads } of steps) {
          if (reads) cache.get(String(key));
          else cache.set(String(key), key, { bytes });
          expect(cache.size).toBeLessThanOrEqual(7);
          expect(cache.bytes).toBeLessThanOrEqual(5000);
        }
      }),
    );
  });
});

describe('Expiry', () => {
  test('An entry is gone at the instant it expires, by the wall clock', async () => {
    const clock = manualClock();
    const cache = new LruCache<number>({ maxEntries: 10, clock });
    cache.set('a', 1, { expiresAt: clock.now() + 1000 });

    await clock.advance(999);
    const before = [cache.get('a'), cache.values().length];
    clock.suspend(1);
    const after = [cache.values().length, cache.get('a'), cache.size];

    expect(before).toEqual([1, 1]);
    expect(after).toEqual([0, undefined, 0]);
  });

  test('What has expired already is not held, and what it was to replace is gone', () => {
    const clock = manualClock();
    const cache = new LruCache<number>({ maxEntries: 10, clock });
    cache.set('a', 1);

    cache.set('a', 2, { expiresAt: clock.now() });

    expect(cache.size).toBe(0);
  });

  test('F58 Expired entries that nobody asks for go too, while others come', async () => {
    const clock = manualClock();
    const cache = new LruCache<number>({ maxBytes: 2 ** 30, clock });
    for (let index = 0; index < 10_000; index += 1) {
      cache.set(`token-${index}`, index, { expiresAt: clock.now() + 100_000 });
      await clock.advance(100);
    }

    // A thousand are alive at any time.
    expect(cache.values()).toHaveLength(999);
    expect(cache.size).toBeLessThan(3_000);
    expect(clock.pending).toBe(0);
  });
});

describe('What others see', () => {
  const CHANNEL = 'lru-cache:metrics';

  test('F78 Nobody who listens to the channels of lru-cache sees a value', () => {
    const messages: unknown[] = [];
    const listen = (message: unknown): void => void messages.push(message);
    const tracing = tracingChannel('lru-cache');
    const subscribers = { start: listen, end: listen, asyncStart: listen, asyncEnd: listen, error: listen };
    subscribe(CHANNEL, listen);
    tracing.subscribe(subscribers);

    const cache = new LruCache<{ token: string }>({ maxEntries: 1 });
    cache.set('key', { token: 'ya29.secret' });
    cache.get('key');
    cache.set('other', { token: 'ya29.secret' });
    unsubscribe(CHANNEL, listen);
    tracing.unsubscribe(subscribers);

    const shown = inspect(messages, { depth: 20, showHidden: true, getters: true });
    expect(shown).toContain('Box');
    expect(shown).not.toContain('ya29');
    expect(JSON.stringify(messages)).not.toContain('ya29');
  });

  test('F78 A box that was seen cannot be opened', () => {
    const boxes: object[] = [];
    const listen = (message: unknown): void => void boxes.push((message as { value: object }).value);
    subscribe(CHANNEL, listen);
    new LruCache<string>({ maxEntries: 1 }).set('key', 'ya29.secret');
    unsubscribe(CHANNEL, listen);

    const [box] = boxes;
    const members = [box, Object.getPrototypeOf(box), box!.constructor].flatMap((part) => Reflect.ownKeys(part));

    expect(members.sort()).toEqual(['constructor', 'expiresAt', 'length', 'name', 'prototype']);
  });

  test('F78 A cache prints none of its values', () => {
    const cache = new LruCache<string>({ maxEntries: 1 });
    cache.set('key', 'ya29.secret');

    expect(inspect(cache, { depth: 20, showHidden: true, getters: true })).not.toContain('ya29');
    expect(JSON.stringify(cache)).toBe('{}');
  });
});

test.each([
  ['"maxEntries" or "maxBytes" must be given', {}],
  ['"maxEntries" must be a positive whole number', { maxEntries: 0 }],
  ['"maxBytes" must be a positive whole number', { maxBytes: 1.5 }],
  ['"maxBytes" must be a positive whole number', { maxBytes: '5' }],
  ['"clock" must be a Clock', { maxEntries: 1, clock: 5 }],
  ['"options" must be an object', undefined],
])('A wrong option is named: %s', (message, options) => {
  expect(() => new LruCache(options as never)).toThrow(message);
});
