/** Options as they are kept: copied by their known names, frozen, and deaf to a polluted `Object.prototype`. */

/** A class and not an object literal, because objects without a prototype are slow and large unless they have a constructor. */
const OptionRecord = function (): void {
  // Nothing to do: only the shape and the prototype matter.
} as unknown as new () => Record<string, unknown>;
Object.defineProperty(OptionRecord, 'prototype', { value: Object.freeze(Object.create(null)) });

/**
 * A frozen copy of the own properties with these names; a property that is `undefined` is left out.
 * A record that was made here is given back as it is.
 */
export function ownOptions<T extends object>(options: T, names: readonly (keyof T & string)[]): Readonly<T> {
  if (options instanceof OptionRecord) return options;
  requireOptions(options);
  const record = new OptionRecord();
  for (const name of names) {
    const value = Object.hasOwn(options, name) ? options[name] : undefined;
    if (value !== undefined) record[name] = value;
  }
  return Object.freeze(record) as Readonly<T>;
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

/** @throws TypeError where the options are not an object at all. */
export function requireOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null) throw new TypeError('"options" must be an object');
}

/** Whether it is an object that is no instance of a class. Objects of other realms are told by the root of their prototypes. */
export function isPlainObject(options: unknown): options is Readonly<Record<string, unknown>> {
  if (typeof options !== 'object' || options === null) return false;
  const prototype: unknown = Object.getPrototypeOf(options);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
