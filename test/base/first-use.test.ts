import { expect, test } from 'vitest';
import { FirstUse } from '../../src/base/first-use.js';
import { rejection } from '../contract/secrets.js';

test('Callers at the same time and later share one load', async () => {
  let loads = 0;
  const use = new FirstUse(() => Promise.resolve((loads += 1)));

  const given = [...(await Promise.all([use.load(), use.load()])), await use.load()];

  expect(given).toEqual([1, 1, 1]);
  expect(use.value).toBe(1);
});

test('A failed load is forgotten', async () => {
  let loads = 0;
  const use = new FirstUse(() => ((loads += 1) === 1 ? Promise.reject(new Error('first')) : Promise.resolve('second')));

  const first = await rejection(use.load());
  const second = await use.load();

  expect([(first as Error).message, second]).toEqual(['first', 'second']);
});

test('What is used is handed over when it has loaded, and from then on at once', async () => {
  const use = new FirstUse(() => Promise.resolve(21));
  const handed: number[] = [];
  const twice = (value: number): Promise<number> => {
    handed.push(value);
    return Promise.resolve(2 * value);
  };

  const first = use.use(twice);
  const handedAtFirst = [...handed];
  await first;
  const second = use.use(twice);

  expect([handedAtFirst, handed]).toEqual([[], [21, 21]]);
  expect(await Promise.all([first, second])).toEqual([42, 42]);
});

test('A load that fails uses nothing, and the next use loads again', async () => {
  let loads = 0;
  const use = new FirstUse(() => ((loads += 1) === 1 ? Promise.reject(new Error('first')) : Promise.resolve('second')));

  await expect(use.use((value) => Promise.resolve(value))).rejects.toThrow('first');

  expect(await use.use((value) => Promise.resolve(value))).toBe('second');
});
