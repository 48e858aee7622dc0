import { expect, it } from 'vitest';
import { afterRejection, type Rejections } from '../../src/tokens/rejections.js';

it('F44 holds off from the third fresh token in a row that is rejected, doubling to fifteen minutes', () => {
  let held: Rejections | undefined;
  const waits: number[] = [];

  for (let count = 0; count < 10; count += 1) {
    held = afterRejection(held, 1_000, 1_000);
    waits.push(held.until - 1_000);
  }

  expect(waits).toEqual([0, 0, 30_000, 60_000, 120_000, 240_000, 480_000, 900_000, 900_000, 900_000]);
});

it('begins anew with a token that was good for more than a minute', () => {
  const third = afterRejection(afterRejection(afterRejection(undefined, 0, 0), 0, 0), 0, 0);

  const later = afterRejection(third, 0, 60_001);

  expect(later).toEqual({ count: 1, until: 60_001 });
});
