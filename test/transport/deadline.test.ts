import { expect, test } from 'vitest';
import { manualClock } from '../../src/testing/clock/manual-clock.js';
import { withDeadline } from '../../src/transport/deadline.js';
import { rejection } from '../contract/secrets.js';

const TIMED_OUT = new Error('timed out');

function options(overrides: { signals?: readonly (AbortSignal | undefined)[] } = {}) {
  return { clock: manualClock(), timeoutMs: 1_000, signals: [], timedOut: () => TIMED_OUT, ...overrides };
}

test('Work that ends in time gives what it gives, and leaves no timer and no listener', async () => {
  const controller = new AbortController();
  const bounds = options({ signals: [undefined, controller.signal] });

  const given = await withDeadline(bounds, () => Promise.resolve('done'));
  controller.abort();

  expect([given, bounds.clock.pending]).toEqual(['done', 0]);
});

test('Work that throws before it gives a promise is rejected', async () => {
  const thrown = new Error('at once');

  const error = await rejection(
    withDeadline(options(), () => {
      throw thrown;
    }),
  );

  expect(error).toBe(thrown);
});

test('F5 Work that takes too long hears it, and is not waited for', async () => {
  const bounds = options();
  const heard: unknown[] = [];

  const failure = rejection(
    withDeadline(bounds, (signal) => {
      signal.addEventListener('abort', () => heard.push(signal.reason));
      return new Promise(() => undefined);
    }),
  );
  await bounds.clock.advance(1_000);

  expect([await failure, heard]).toEqual([TIMED_OUT, [TIMED_OUT]]);
});

test.each([0, 1])('F55 Each of the signals (%i) ends it with its own reason', async (which) => {
  const controllers = [new AbortController(), new AbortController()];
  const bounds = options({ signals: controllers.map(({ signal }) => signal) });

  const failure = rejection(withDeadline(bounds, () => new Promise(() => undefined)));
  controllers[which]?.abort('left');

  expect([await failure, bounds.clock.pending]).toEqual(['left', 0]);
});

test('F55 With a signal that has aborted no work is begun', async () => {
  const bounds = options({ signals: [AbortSignal.abort('left')] });

  const error = await rejection(withDeadline(bounds, () => expect.unreachable('It was begun.')));

  expect([error, bounds.clock.pending]).toEqual(['left', 0]);
});
