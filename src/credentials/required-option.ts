/** The option that a factory does not do without: it is asked for before anything is read. */
import { ownOptions } from '../base/option-record.js';

/** @throws TypeError where it is left out, no string, or an empty one. */
export function requiredOption<Name extends string>(options: Readonly<Record<Name, unknown>>, name: Name): string {
  const value: unknown = ownOptions(options, [name])[name];
  if (typeof value !== 'string' || value === '') throw new TypeError(`"${name}" must be a non-empty string`);
  return value;
}
