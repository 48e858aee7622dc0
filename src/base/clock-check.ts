/** Whether something can be used as a clock. */

const METHODS = ['now', 'monotonic', 'schedule', 'sleep'] as const;

/**
 * The clock, or a refusal of what lacks a method of one.
 * @throws TypeError naming the argument.
 */
export function requireClock<T>(clock: T, argument: string): T {
  if (typeof clock !== 'object' || clock === null)
    throw new TypeError(`"${argument}" must be a Clock, such as systemClock`);
  for (const name of METHODS) {
    if (typeof Reflect.get(clock, name) !== 'function')
      throw new TypeError(`"${argument}" must have a method "${name}"`);
  }
  const random: unknown = Reflect.get(clock, 'random');
  if (random !== undefined && typeof random !== 'function')
    throw new TypeError(`"${argument}" must have a method "random", or none`);
  return clock;
}
