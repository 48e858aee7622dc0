import { expect, it } from 'vitest';
import { manualClock } from 'credence/testing';
import { requireClock } from '../../src/base/clock-check.js';
import { systemClock } from '../../src/base/clock.js';

const refusalOf = (clock: unknown) => (): void => {
  requireClock(clock, 'clock');
};

it.each([
  ['the system clock', systemClock],
  ['a manual clock', manualClock()],
  ['a clock without chance', { ...systemClock, random: undefined }],
])('%s is a clock', (_what, clock) => {
  expect(refusalOf(clock)).not.toThrow();
});

it.each([null, 5, 'system', (): number => 0])('F82 %s is none, and is refused by the name of the argument', (clock) => {
  expect(refusalOf(clock)).toThrow(new TypeError('"clock" must be a Clock, such as systemClock'));
});

it.each(['now', 'monotonic', 'schedule', 'sleep'])('F82 what has no method "%s" is none', (name) => {
  expect(refusalOf({ ...systemClock, [name]: undefined })).toThrow(
    new TypeError(`"clock" must have a method "${name}"`),
  );
});

it('F82 a chance that is no function is refused', () => {
  expect(refusalOf({ ...systemClock, random: 0.5 })).toThrow(
    new TypeError('"clock" must have a method "random", or none'),
  );
});
