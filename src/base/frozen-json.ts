/** Copies of JSON values that nobody can change: claims and parameters that callers hand over. */

/**
 * A deeply frozen copy of an object as JSON would carry it.
 * @throws TypeError naming the argument, where it is no object or cannot be written as JSON.
 */
export function frozenJson(value: unknown, argument: string): Readonly<Record<string, unknown>> {
  const copy = copied(value);
  if (typeof value === 'object' && !Array.isArray(value) && isRecord(copy)) return copy;
  throw new TypeError(`"${argument}" must be an object that can be written as JSON`);
}

function copied(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value), (_key, member: unknown) => Object.freeze(member));
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
