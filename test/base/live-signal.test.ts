import { expect, test } from 'vitest';
import { liveSignal } from '../../src/base/live-signal.js';

test('A call goes on without a signal, or with one that has not aborted', () => {
  const { signal } = new AbortController();

  expect([undefined, {}, { signal: undefined }, { signal }].map(liveSignal)).toEqual([
    undefined,
    undefined,
    undefined,
    signal,
  ]);
});

test('F55 The reason of a signal that has aborted is thrown', () => {
  const reason = new Error('gone');

  expect(() => liveSignal({ signal: AbortSignal.abort(reason) })).toThrow(reason);
});

test.each(['no', 5, {}, null, new AbortController(), { throwIfAborted() {} }])(
  'F82 A signal that is none is a TypeError that names it: %j',
  (signal) => {
    expect(() => liveSignal({ signal: signal as never })).toThrow(new TypeError('"signal" must be an AbortSignal'));
  },
);

test.each([null, 5, 'x'])('F82 Options that are none are a TypeError that names them: %j', (options) => {
  expect(() => liveSignal(options as never)).toThrow(new TypeError('"options" must be an object'));
});

test('A signal that the options inherit is not theirs', () => {
  expect(liveSignal(Object.create({ signal: AbortSignal.abort() }) as object)).toBeUndefined();
});
