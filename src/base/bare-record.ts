/** Records that inherit nothing, so that no key can mean more than its value, and no polluted `Object.prototype` supplies one. */

/** A class and not `Object.create(null)`: objects without a prototype are slow and large unless they have a constructor. */
export const BareRecord = function (): void {
  // Nothing to do: only the shape and the prototype matter.
} as unknown as new () => Record<string, unknown>;

BareRecord.prototype = Object.freeze({ __proto__: null });
