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
    if (Object.hasOwn(options, name) && options[name] !== undefined) record[name] = options[name];
  }
  return Object.freeze(record) as Readonly<T>;
}

/** @throws TypeError where the options are not an object at all. */
export function requireOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null) throw new TypeError('"options" must be an object');
}
