/** Checks of what users hand to the test kit: a wrong argument is a `TypeError` that names it and says what it must be. */

/** Gives `value` back if it is a finite number, and at least `minimum`. */
export function requireNumber(name: string, value: unknown, minimum: number = -Infinity): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= minimum) return value;
  const bound = minimum === -Infinity ? '' : ` of at least ${String(minimum)}`;
  throw new TypeError(`"${name}" must be a finite number${bound}`);
}

/** Gives `value` back if it is a boolean. */
export function requireBoolean(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new TypeError(`"${name}" must be a boolean`);
}

/** Gives `value` back if it is one of `choices`. */
export function requireOneOf<T extends string>(name: string, value: unknown, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new TypeError(`"${name}" must be one of ${choices.map((choice) => `'${choice}'`).join(', ')}`);
}
