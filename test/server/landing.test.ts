import { expect, test, vi } from 'vitest';
import { AccessToken, RefreshError } from 'credence';
import { manualClock } from 'credence/testing';
import { Landing } from '../../src/server/landing.js';
import { turn } from '../fixtures/scripted-credentials.js';
import { failureOf } from '../fixtures/token-server.js';

const TOKEN = new AccessToken('t');

test('All who wait get the token.', async () => {
  const landing = new Landing();
  const clock = manualClock();
  const waiting = [10, Infinity].map((timeoutMs) => landing.wait(clock, { timeoutMs, signal: undefined }));

  landing.settle(TOKEN);

  expect(await Promise.all(waiting)).toEqual([TOKEN, TOKEN]);
  expect(clock.pending).toBe(0);
});

test('Whoever has waited for long enough leaves with timed_out, and the others stay.', async () => {
  const landing = new Landing();
  const clock = manualClock();
  const short = failureOf(landing.wait(clock, { timeoutMs: 100, signal: undefined }));
  const long = landing.wait(clock, { timeoutMs: 1_000, signal: undefined });

  await clock.advance(100);

  expect(await short).toMatchObject({ code: 'timed_out', retryable: true });
  landing.settle(TOKEN);
  expect(await long).toBe(TOKEN);
});

test.each([50, Infinity])('F55 An abort ends one wait of %d ms with its own reason.', async (timeoutMs) => {
  const landing = new Landing();
  const controller = new AbortController();
  const leaving = landing.wait(manualClock(), { timeoutMs, signal: controller.signal });

  controller.abort('enough');

  await expect(leaving).rejects.toBe('enough');
});

test('F53 A failure that nobody waits for is nobody\u2019s unhandled rejection.', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  const landing = new Landing();

  landing.settle(new RefreshError('timed_out', 'x'));
  await turn();

  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});
