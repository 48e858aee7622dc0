/** Whether something can be used as a clock. */
import type { Clock } from './clock.js';

const METHODS = ['now', 'monotonic', 'schedule', 'sleep'] as const;

/**
 * Refuses what lacks a method of a clock.
 * @throws TypeError naming the argument.
 */
export function requireClock(clock: unknown, argument: string): asserts clock is Clock {
  if (typeof clock !== 'object' || clock === null)
    throw new TypeError(`"${argument}" must be a Clock, such as systemClock`);
  for (const name of METHODS) {
    if (typeof Reflect.get(clock, name) !== 'function')
      throw new TypeError(`"${argument}" must have a method "${name}"`);
  }
  const random: unknown = Reflect.get(clock, 'random');
  if (random !== undefined && typeof random !== 'function')
    throw new TypeError(`"${argument}" must have a method "random", or none`);
}
