/** How objects that hold secrets show themselves: a short label instead of their contents. */

/** The method by which `util.inspect` and `console.log` ask an object to show itself. */
export const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom');
