import { expect, it } from 'vitest';
import { awaitedCall } from '../../src/credentials/awaited-call.js';
import { heldBy } from '../fixtures/held-process.js';

it('F54 a call that somebody waits for holds the process open until it has settled', async () => {
  const before = heldBy();
  let finish: (value: string) => void = () => undefined;
  const call = awaitedCall(new Promise<string>((resolve) => (finish = resolve)));
  const during = heldBy();

  finish('done');

  expect(await call).toBe('done');
  expect([during - before, heldBy() - before]).toEqual([1, 0]);
});

it('F54 a call that fails holds it no longer', async () => {
  const before = heldBy();

  await expect(awaitedCall(Promise.reject(new Error('refused')))).rejects.toThrow('refused');

  expect(heldBy()).toBe(before);
});
