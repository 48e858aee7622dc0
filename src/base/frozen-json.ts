/** Copies of JSON values that nobody can change: claims and parameters that callers hand over. */
import { isPlainObject } from './option-record.js';

/** What was made here: copies of credentials then share one. */
const made = new WeakSet<Readonly<Record<string, unknown>>>();

/**
 * A deeply frozen copy of an object as JSON would carry it. One that was made here is given back as it is.
 * @throws TypeError naming the argument, where it is no plain object or cannot be written as JSON.
 */
export function frozenJson(value: unknown, argument: string): Readonly<Record<string, unknown>> {
  if (isPlainObject(value)) {
    if (made.has(value)) return value;
    const copy = copied(value);
    // A `toJSON` of the object may have made something else of it.
    if (isPlainObject(copy)) {
      made.add(copy);
      return copy;
    }
  }
  throw new TypeError(`"${argument}" must be an object that can be written as JSON`);
}

function copied(value: object): unknown {
  try {
    return JSON.parse(JSON.stringify(value, onlyFinite), (_key, member: unknown) => Object.freeze(member));
  } catch {
    return undefined;
  }
}

/** JSON would write `null` for them. */
function onlyFinite(_key: string, member: unknown): unknown {
  if (typeof member === 'number' && !Number.isFinite(member)) throw new TypeError('JSON has no such number');
  return member;
}
