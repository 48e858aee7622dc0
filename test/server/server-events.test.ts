import { expect, test, vi } from 'vitest';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { RefreshError } from 'credence';
import { EventListeners, reportFailure, reportToken } from '../../src/server/server-events.js';
import { turn } from '../fixtures/scripted-credentials.js';

const REFRESHED = { name: 'n', expiresAt: 1, nextRefreshAt: 2 };
const FAILED = { name: 'n', error: new RefreshError('timed_out', 'x'), retries: 1, nextRefreshAt: 2 };

async function noticesOf(run: () => void): Promise<unknown[]> {
  const notices: unknown[] = [];
  const note = (message: unknown): void => void notices.push(message);
  subscribe('credence:notice', note);
  run();
  await turn();
  unsubscribe('credence:notice', note);
  return notices;
}

test('Listeners hear their own event, in order, with a value that nobody can change.', () => {
  const listeners = new EventListeners();
  const heard: unknown[] = [];
  listeners.add('refreshed', (event) => heard.push(['first', event]));
  listeners.add('refreshed', (event) => heard.push(['second', event]));
  listeners.add('failed', () => heard.push('failed'));

  listeners.emit('refreshed', REFRESHED);

  expect(heard).toEqual([
    ['first', REFRESHED],
    ['second', REFRESHED],
  ]);
  expect(Object.isFrozen(REFRESHED)).toBe(true);
});

test('Whoever unsubscribed hears nothing more, and the same function may listen twice.', () => {
  const listeners = new EventListeners();
  const listener = vi.fn();
  const stop = listeners.add('refreshed', listener);
  listeners.add('refreshed', listener);

  stop();
  stop();
  listeners.emit('refreshed', REFRESHED);

  expect(listener).toHaveBeenCalledTimes(1);
});

test.each([
  ['throws', () => expect.unreachable('It is contained.')],
  ['rejects', () => Promise.reject(new Error('later'))],
])('F53 F82 A listener that %s harms nobody, and observers are told.', async (_, broken) => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  const listeners = new EventListeners();
  const other = vi.fn();
  listeners.add('refreshed', broken);
  listeners.add('refreshed', other);

  const notices = await noticesOf(() => listeners.emit('refreshed', REFRESHED));

  process.off('unhandledRejection', unhandled);
  expect(other).toHaveBeenCalledTimes(1);
  expect(unhandled).not.toHaveBeenCalled();
  expect(notices).toEqual([expect.objectContaining({ name: 'hook_failed' })]);
});

test('An event that there is not, and a listener that is no function, are TypeErrors.', () => {
  const listeners = new EventListeners();

  expect(() => listeners.add('toString' as never, () => undefined)).toThrow('"event" must be');
  expect(() => listeners.add('failed', 5 as never)).toThrow('"listener" must be');
});

test('Observers are told of exhaustion and of recovery, listeners or not.', async () => {
  const notices = await noticesOf(() => {
    reportFailure(undefined, FAILED, false);
    reportFailure(undefined, FAILED, true);
    reportToken(undefined, REFRESHED, 3);
  });

  expect(notices).toEqual([
    expect.objectContaining({ name: 'refresh_exhausted', code: 'timed_out' }),
    expect.objectContaining({ name: 'refresh_recovered' }),
  ]);
});

test('A failure that exhausts the retries is told as both.', () => {
  const listeners = new EventListeners();
  const heard: string[] = [];
  listeners.add('failed', () => heard.push('failed'));
  listeners.add('exhausted', () => heard.push('exhausted'));

  reportFailure(listeners, FAILED, true);

  expect(heard).toEqual(['failed', 'exhausted']);
});

test('A token is told as refreshed, and after failures as recovered too.', () => {
  const listeners = new EventListeners();
  const heard: unknown[] = [];
  listeners.add('refreshed', (told) => heard.push(['refreshed', told]));
  listeners.add('recovered', (told) => heard.push(['recovered', told]));

  reportToken(listeners, REFRESHED, undefined);
  reportToken(listeners, REFRESHED, 2);

  expect(heard).toEqual([
    ['refreshed', REFRESHED],
    ['refreshed', REFRESHED],
    ['recovered', { name: REFRESHED.name, failures: 2 }],
  ]);
});
