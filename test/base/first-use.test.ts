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
