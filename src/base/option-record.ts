/** Options as they are kept: copied by their known names, frozen, and deaf to a polluted `Object.prototype`. */
import { isObject } from './is-object.js';

/** A class and not an object literal, because objects without a prototype are slow and large unless they have a constructor. */
const OptionRecord = function (): void {
  // Nothing to do: only the shape and the prototype matter.
} as unknown as new () => Record<string, unknown>;
OptionRecord.prototype = Object.freeze({ __proto__: null });

/** Gives what is kept of the value that was given under a name, `undefined` where none was, or refuses it by that name. */
export type Rule<Given, Kept> = (value: Given, name: string) => Kept;

/**
 * The options that there are, each with its rule. A function makes them as options are judged: as constants they would be made by whoever
 * imports the library, and cost a quarter of a millisecond.
 */
export type Rules<Given, Kept = Given> = {
  readonly [Name in keyof Kept]-?: Rule<Name extends keyof Given ? Given[Name] : never, Kept[Name]>;
};

/**
 * A frozen copy of the own properties with these names; a property that is `undefined` is left out.
 * A record that was made here is given back as it is.
 */
export function ownOptions<T extends object>(options: T, names: readonly (keyof T & string)[]): Readonly<T> {
  return isOptionRecord(options) ? options : record(options, names, (value) => value);
}

/**
 * What the rules keep of the own properties with their names, frozen. They are judged in the order of the rules.
 * @throws TypeError naming the option that a rule refuses.
 */
export function judgedOptions<Given extends object, Kept = Given>(
  options: Given,
  rules: Rules<Given, Kept>,
): Readonly<Kept> {
  const judges = rules as unknown as Readonly<Record<string, Rule<unknown, unknown>>>;
  return record(options, namesOf(judges), (value, name) => judges[name]?.(value, name));
}

/** The names of the options that there are rules for, or of those that are there. */
export function namesOf<T extends object>(options: T): readonly (keyof T & string)[] {
  return Object.keys(options) as (keyof T & string)[];
}

/**
 * The same where an option that is overlooked would do harm: a name that is not known is refused, and so is an instance of a class,
 * whose options may stand where they are not read.
 * @throws TypeError naming the argument and the name that is not known.
 */
export function knownOptions<T extends object>(
  options: T,
  names: readonly (keyof T & string)[],
  argument: string,
): Readonly<T> {
  if (!isPlainObject(options)) throw new TypeError(`"${argument}" must be a plain object`);
  const known: readonly string[] = names;
  for (const name of Object.keys(options)) {
    if (!known.includes(name))
      throw new TypeError(`"${argument}" must not hold "${name}": it takes ${known.join(', ')}`);
  }
  return ownOptions(options, names);
}

/** Whether options were made here: whoever made them has judged them. */
export function isOptionRecord(options: object): boolean {
  return options instanceof OptionRecord;
}

/** @throws TypeError where it is no object. */
export function requireOptions(options: unknown): void {
  if (!isObject(options)) throw new TypeError('"options" must be an object');
}

function record<T>(options: object, names: readonly string[], kept: Rule<unknown, unknown>): Readonly<T> {
  requireOptions(options);
  const copy = new OptionRecord();
  for (const name of names) {
    const value = kept(Object.hasOwn(options, name) ? (options as Record<string, unknown>)[name] : undefined, name);
    if (value !== undefined) copy[name] = value;
  }
  return Object.freeze(copy) as Readonly<T>;
}

/** Whether it is an object that is no instance of a class. Objects of other realms are told by the root of their prototypes. */
export function isPlainObject(options: unknown): options is Readonly<Record<string, unknown>> {
  if (!isObject(options)) return false;
  const prototype: unknown = Object.getPrototypeOf(options);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
