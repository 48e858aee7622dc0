/** Rules that options are judged by. A value is never quoted: it may be a secret. */
import { ownOptions, type Rule } from './option-record.js';
import { checkEndpoint } from './url.js';

/**
 * Gives the value of an option back where it fits.
 * @throws TypeError that names the option, and says what it must be.
 */
export function fitting<T>(value: T, name: string, fits: boolean, be: string): T {
  if (fits) return value;
  throw new TypeError(`"${name}" must be ${be}`);
}

/** The same rule for an option that may be left out. What then stands in its place is not judged. */
export function optional<Given, Kept>(rule: Rule<Given, Kept>): Rule<Given | undefined, Kept | undefined>;
export function optional<Given, Kept>(rule: Rule<Given, Kept>, otherwise: Kept): Rule<Given | undefined, Kept>;
export function optional<Given, Kept>(
  rule: Rule<Given, Kept>,
  otherwise?: Kept,
): Rule<Given | undefined, Kept | undefined> {
  return (value, name) => (value === undefined ? otherwise : rule(value, name));
}

/** A rule that takes one of two words. */
export function oneOf<Word extends string>(first: Word, second: Word): Rule<Word, Word> {
  return (value, name) => fitting(value, name, value === first || value === second, `"${first}" or "${second}"`);
}

/** A rule that takes what is of this type. */
export function ofType(type: 'boolean' | 'function' | 'string'): <T>(value: T, name: string) => T {
  return (value, name) => fitting(value, name, typeof value === type, `a ${type}`);
}

/** Takes what is a string, and not an empty one. */
export function requireText<T>(value: T, name: string): T {
  return fitting(value, name, isText(value), 'a non-empty string');
}

/**
 * The option that a factory does not do without: it is asked for before anything is read.
 * @throws TypeError where it is left out, no string, or an empty one.
 */
export function requiredOption<Name extends string>(options: Readonly<Record<Name, string>>, name: Name): string {
  return requireText(ownOptions(options, [name])[name], name);
}

/** Takes what counts something. */
export function requireCount<T>(value: T, name: string): T {
  return fitting(value, name, Number.isSafeInteger(value) && Number(value) > 0, 'a positive whole number');
}

/** Takes a URL that tokens and secrets may be sent to, and keeps its normal spelling. See {@link checkEndpoint}. */
export function requireEndpoint(value: unknown, name: string): string {
  return checkEndpoint(value, `"${name}"`);
}

/** Whether it is a string that is not empty. */
export function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
