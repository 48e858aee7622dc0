import { expect, test } from 'vitest';
import { DEFAULT_WAIT, waitOptions, type FetchWait } from '../../src/server/fetch-wait.js';

test('Whoever does not say waits for five seconds.', () => {
  expect(DEFAULT_WAIT).toEqual({ timeoutMs: 5_000, signal: undefined });
  expect(waitOptions({})).toEqual(DEFAULT_WAIT);
});

test('A number is a timeout, and options hold a timeout and a signal.', () => {
  const { signal } = new AbortController();

  expect(waitOptions(0)).toEqual({ timeoutMs: 0, signal: undefined });
  expect(waitOptions(Infinity)).toEqual({ timeoutMs: Infinity, signal: undefined });
  expect(waitOptions({ timeoutMs: 7, signal })).toEqual({ timeoutMs: 7, signal });
});

test('F55 A signal that has aborted is told at once.', () => {
  const thrown = (): unknown => {
    try {
      return waitOptions({ signal: AbortSignal.abort('gone') });
    } catch (reason) {
      return reason;
    }
  };

  expect(thrown()).toBe('gone');
});

test.each([NaN, -1, '5', null, { timeoutMs: '5' }, { timeout: 5 }, { signal: 5 }])('%j is a TypeError.', (wait) => {
  expect(() => waitOptions(wait as FetchWait)).toThrow(TypeError);
});
