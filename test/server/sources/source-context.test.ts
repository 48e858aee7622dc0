import { expect, test } from 'vitest';
import { systemClock } from 'credence';
import { refuseScopes, settingsOf } from '../../../src/server/sources/source-context.js';

test('Every kind is given the clock, and what sends its requests.', () => {
  const request = async (): Promise<never> => expect.unreachable('Nothing is sent.');

  expect(settingsOf({ clock: systemClock, request, scopes: ['a'] })).toEqual({
    clock: systemClock,
    transport: request,
  });
});

test('Scopes that nobody would ask for are a TypeError that says why; none are none.', () => {
  expect(() => refuseScopes(['a'], 'here: there is no use for them')).toThrow(
    new TypeError('"scopes" must be left out here: there is no use for them'),
  );
  expect(() => refuseScopes(undefined, 'here')).not.toThrow();
});
