import { expect, it } from 'vitest';
import { systemClock } from 'credence';
import { awaitedCall } from '../../src/credentials/awaited-call.js';

/** Timers that keep the process alive. */
const holding = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

it('F54 a call that somebody waits for holds the process open until it has settled', async () => {
  const before = holding();
  let finish: (value: string) => void = () => undefined;
  const call = awaitedCall(systemClock, new Promise<string>((resolve) => (finish = resolve)));
  const during = holding();

  finish('done');

  expect(await call).toBe('done');
  expect([during - before, holding() - before]).toEqual([1, 0]);
});

it('F54 a call that fails holds it no longer', async () => {
  const before = holding();

  await expect(awaitedCall(systemClock, Promise.reject(new Error('refused')))).rejects.toThrow('refused');

  expect(holding()).toBe(before);
});
