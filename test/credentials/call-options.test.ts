import { expect, it } from 'vitest';
import { throwIfAborted, wasAcceptedIn } from '../../src/credentials/call-options.js';

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

it('reads whether a rejected token was accepted before: not, where nobody says so', () => {
  expect([undefined, {}, { wasAccepted: undefined }, { wasAccepted: true }].map(wasAcceptedIn)).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

it('F82 names a "wasAccepted" that is no boolean', () => {
  expect(() => wasAcceptedIn({ wasAccepted: 'yes' as never })).toThrow(
    new TypeError('"wasAccepted" must be a boolean'),
  );
});
