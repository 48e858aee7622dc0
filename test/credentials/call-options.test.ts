import { expect, it } from 'vitest';
import { throwIfAborted } from '../../src/credentials/call-options.js';

it('lets a call go on without a signal, or with one that has not aborted', () => {
  expect(() => {
    throwIfAborted(undefined);
    throwIfAborted({});
    throwIfAborted({ signal: new AbortController().signal });
  }).not.toThrow();
});

it('F55 throws the reason of a signal that has', () => {
  const reason = new Error('gone');

  expect(() => {
    throwIfAborted({ signal: AbortSignal.abort(reason) });
  }).toThrow(reason);
});

it.each(['no', 5, {}, null])('names a signal that is none: %j', (signal) => {
  expect(() => {
    throwIfAborted({ signal: signal as never });
  }).toThrow(/"signal" must be an AbortSignal/);
});
