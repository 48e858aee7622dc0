import { expect, it } from 'vitest';
import { exclusively } from '../../src/tokens/grant-turns.js';
import { Grant } from '../../src/tokens/grant.js';

it('F28 The work that spends a grant is done one after the other, whatever fails', async () => {
  const grant = new Grant('first');
  const order: string[] = [];
  const work =
    (name: string, fail = false) =>
    async (): Promise<void> => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
      if (fail) throw new Error(name);
    };

  const all = await Promise.allSettled([
    exclusively(grant, work('a')),
    exclusively(grant, work('b', true)),
    exclusively(grant, work('c')),
  ]);

  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('F28 Another grant waits for nobody', async () => {
  const order: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    order.push(`${name} begins`);
    await Promise.resolve();
    order.push(`${name} ends`);
  };

  await Promise.all([exclusively(new Grant('one'), work('a')), exclusively(new Grant('two'), work('b'))]);

  expect(order).toEqual(['a begins', 'b begins', 'a ends', 'b ends']);
});
