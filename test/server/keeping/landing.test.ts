import { getEventListeners } from 'node:events';
import { expect, test, vi } from 'vitest';
import { AccessToken, RefreshError } from 'credence';
import { manualClock } from 'credence/testing';
import { Landing, type LandingParts } from '../../../src/server/keeping/landing.js';
import { turn } from '../../fixtures/scripted-credentials.js';
import { failureOf } from '../../fixtures/token-server.js';

const TOKEN = new AccessToken('t');

function aLanding(held: LandingParts['held'] = () => undefined) {
  const clock = manualClock();
  const onDeserted = vi.fn();
  return { clock, onDeserted, landing: new Landing({ clock, held, onDeserted }) };
}

test('All who wait get the token.', async () => {
  const { clock, landing, onDeserted } = aLanding();
  const waiting = [10, Infinity].map((timeoutMs) => landing.wait({ timeoutMs, signal: undefined }));

  landing.settle(TOKEN);

  expect(await Promise.all(waiting)).toEqual([TOKEN, TOKEN]);
  expect(clock.pending).toBe(0);
  expect(onDeserted).not.toHaveBeenCalled();
});

test('Whoever has waited for long enough leaves with timed_out, and the others stay.', async () => {
  const { clock, landing } = aLanding();
  const short = failureOf(landing.wait({ timeoutMs: 100, signal: undefined }));
  const long = landing.wait({ timeoutMs: 1_000, signal: undefined });

  await clock.advance(100);

  expect(await short).toMatchObject({ code: 'timed_out', retryable: true });
  landing.settle(TOKEN);
  expect(await long).toBe(TOKEN);
});

test('Whoever has waited for long enough gets the token that came by another way, where one did.', async () => {
  const { clock, landing } = aLanding(() => Promise.resolve(TOKEN));
  const waiting = landing.wait({ timeoutMs: 100, signal: undefined });

  await clock.advance(100);

  expect(await waiting).toBe(TOKEN);
});

test.each([50, Infinity])('F55 An abort ends one wait of %d ms with its own reason.', async (timeoutMs) => {
  const { landing } = aLanding();
  const controller = new AbortController();
  const leaving = landing.wait({ timeoutMs, signal: controller.signal });

  controller.abort('enough');

  await expect(leaving).rejects.toBe('enough');
});

test('F54 It is deserted once, when the last one has left, and holds no timer then.', async () => {
  const { clock, landing, onDeserted } = aLanding();
  const controller = new AbortController();
  const { signal } = controller;
  const leaving = [
    landing.wait({ timeoutMs: 100, signal }),
    landing.wait({ timeoutMs: 200, signal: undefined }),
    landing.wait({ timeoutMs: Infinity, signal }),
  ].map((wait) => wait.catch(() => 'left'));
  await clock.advance(200);
  const before = onDeserted.mock.calls.length;

  controller.abort();
  await Promise.all(leaving);

  expect([before, onDeserted.mock.calls.length]).toEqual([0, 1]);
  expect(clock.pending).toBe(0);
});

test('F54 It holds the process for as long as somebody waits, however long that is.', async () => {
  const { clock, landing } = aLanding();
  const waiting = landing.wait({ timeoutMs: Infinity, signal: undefined });

  await clock.advance(100_000);
  const held = clock.pending;
  landing.settle(TOKEN);

  expect([held, clock.pending]).toEqual([1, 0]);
  expect(await waiting).toBe(TOKEN);
});

test('F53 A failure that nobody waits for is nobody\u2019s unhandled rejection.', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  const { landing } = aLanding();

  landing.settle(new RefreshError('timed_out', 'x'));
  await turn();

  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

test('F55 A wait that has run out of time leaves nothing on its signal.', async () => {
  const { clock, landing } = aLanding();
  const { signal } = new AbortController();

  const waiting = failureOf(landing.wait({ timeoutMs: 100, signal }));
  await clock.advance(100);

  expect(await waiting).toMatchObject({ code: 'timed_out' });
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
