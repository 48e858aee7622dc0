import { expect, it } from 'vitest';
import { afterRejection, type Rejections } from '../../src/tokens/rejections.js';

it('F44 holds off from the third fresh token in a row that is rejected, doubling to fifteen minutes', () => {
  let held: Rejections | undefined;
  const waits: number[] = [];

  for (let count = 0; count < 10; count += 1) {
    held = afterRejection(held, { mintedAt: 1_000, wasAccepted: false }, 1_000);
    waits.push(held.until - 1_000);
  }

  expect(waits).toEqual([0, 0, 30_000, 60_000, 120_000, 240_000, 480_000, 900_000, 900_000, 900_000]);
});

it('begins anew with a token that was good for more than a minute', () => {
  const later = afterRejection({ count: 3, until: 30_000 }, { mintedAt: 0, wasAccepted: false }, 60_001);

  expect(later).toEqual({ count: 1, until: 60_001 });
});

it('F44 begins anew with a token that was seen accepted, however soon it was rejected', () => {
  const later = afterRejection({ count: 2, until: 1_000 }, { mintedAt: 1_000, wasAccepted: true }, 2_000);

  expect(later).toEqual({ count: 0, until: 2_000 });
});
