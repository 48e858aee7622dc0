import { expect, it } from 'vitest';
import { begin } from '../../src/base/begin.js';

it('gives the very promise of the work', () => {
  const promise = Promise.resolve(1);

  expect(begin(() => promise)).toBe(promise);
});

it.each([new Error('broken'), undefined, 'text'])('rejects with what the work throws at once: %s', async (thrown) => {
  const begun = begin(() => {
    throw thrown;
  });

  await expect(begun).rejects.toBe(thrown);
});
