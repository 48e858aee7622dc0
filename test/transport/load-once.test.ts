import { expect, test } from 'vitest';
import { loadOnce } from '../../src/transport/load-once.js';
import { rejection } from '../contract/secrets.js';

test('Callers at the same time and later share one load', async () => {
  let loads = 0;
  const load = loadOnce(() => Promise.resolve((loads += 1)));

  const given = [...(await Promise.all([load(), load()])), await load()];

  expect(given).toEqual([1, 1, 1]);
});

test('A failed load is forgotten', async () => {
  let loads = 0;
  const load = loadOnce(() => ((loads += 1) === 1 ? Promise.reject(new Error('first')) : Promise.resolve('second')));

  const first = await rejection(load());
  const second = await load();

  expect([(first as Error).message, second]).toEqual(['first', 'second']);
});
