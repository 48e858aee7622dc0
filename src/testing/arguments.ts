/** Checks of what users hand to the test kit: a wrong argument is a `TypeError` that names it and says what it must be. */

/** Throws where the value does not fit. */
export type Check = (name: string, value: unknown) => unknown;

/** Gives `value` back if it is a finite number, and at least `minimum`. */
export function requireNumber(name: string, value: unknown, minimum: number = -Infinity): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= minimum) return value;
  const bound = minimum === -Infinity ? '' : ` of at least ${String(minimum)}`;
  throw new TypeError(`"${name}" must be a finite number${bound}`);
}

/** A check for numbers of at least `minimum`. */
export function atLeast(minimum: number): Check {
  return (name, value) => requireNumber(name, value, minimum);
}

/** Gives `value` back if it is a boolean. */
export function requireBoolean(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new TypeError(`"${name}" must be a boolean`);
}

/** Gives `value` back if it is a string, the empty one included. */
export function requireString(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`"${name}" must be a string`);
}

/** Gives `value` back if it is a string that is not empty. */
export function requireText(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new TypeError(`"${name}" must be a non-empty string`);
}

/** Refuses what is not an array of strings that are not empty. */
export function requireTexts(name: string, value: unknown): void {
  if (Array.isArray(value) && value.every((text) => typeof text === 'string' && text !== '')) return;
  throw new TypeError(`"${name}" must be an array of non-empty strings`);
}

/** Refuses what is no array. */
export function requireArray(name: string, value: unknown): void {
  if (!Array.isArray(value)) throw new TypeError(`"${name}" must be an array`);
}

/** Gives `value` back if it is an object with members, which an array is not. */
export function requireObject(name: string, value: unknown): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new TypeError(`"${name}" must be an object`);
}

/** Gives `value` back if it is one of `choices`. */
export function requireOneOf<T extends string>(name: string, value: unknown, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new TypeError(`"${name}" must be one of ${choices.map((choice) => `'${choice}'`).join(', ')}`);
}

/** A check for what is one of `choices`. */
export function oneOf(choices: readonly string[]): Check {
  return (name, value) => requireOneOf(name, value, choices);
}

/** A check that lets `null` pass, and says so where it refuses. */
export function orNull(check: Check): Check {
  return (name, value) => {
    if (value === null) return;
    try {
      check(name, value);
    } catch (error) {
      throw error instanceof TypeError ? new TypeError(`${error.message}, or null`) : error;
    }
  };
}
