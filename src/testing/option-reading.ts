/** Reads options that users hand to the test kit: each function has a table of what it takes, and refuses everything else. */
import { knownOptions } from '../base/option-record.js';
import type { Check } from './arguments.js';

/** What every option of a function must be. A table with an option missing does not compile. */
export type Checks<T extends object> = { readonly [Name in keyof T]-?: Check };

/**
 * A frozen copy of the options without those that are `undefined`.
 * @param argument - What errors call the options.
 * @param prefix - What comes before the name of an option in errors, where the options stand inside others.
 * @throws TypeError for what is no plain object, for an option that there is none of, or of the wrong type.
 */
export function readOptions<T extends object>(
  options: T,
  checks: Checks<T>,
  argument: string = 'options',
  prefix: string = '',
): Readonly<T> {
  const names: (keyof T & string)[] = [];
  // Only `for … in` gives names that the compiler knows; what a polluted prototype adds is no option.
  for (const name in checks) if (Object.hasOwn(checks, name)) names.push(name);
  const own = knownOptions(options, names, argument);
  for (const name of names) {
    if (own[name] !== undefined) checks[name](`${prefix}${name}`, own[name]);
  }
  return own;
}
