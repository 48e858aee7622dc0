/** The `Date` of the object model and the instant inside. */
import { isObject } from '../base/is-object.js';

/**
 * The instant of a date, in milliseconds since the epoch.
 * @throws TypeError where it is not a valid `Date`.
 */
export function expiresAtOf(expiry: Date | undefined, argument: string): number | undefined {
  if (expiry === undefined) return undefined;
  // Dates of other realms are dates too: they are known by their method and not by their class.
  const expiresAt = isObject(expiry) && typeof expiry.getTime === 'function' ? expiry.getTime() : NaN;
  if (Number.isNaN(expiresAt)) throw new TypeError(`"${argument}" must be a valid Date`);
  return expiresAt;
}

/** The rule for an option that is a date. */
export function requireDate(date: Date, argument: string): Date {
  expiresAtOf(date, argument);
  return date;
}
