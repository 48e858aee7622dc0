/** How objects that hold secrets show themselves to `util.inspect` and `console.log`: a label instead of their contents. */

/** The method by which `util.inspect` asks an object to show itself. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** Makes all objects of a class, and of its subclasses, show themselves as what `show` says. */
export function inspectAs<T extends object>(kind: { readonly prototype: T }, show: (self: T) => string): void {
  Object.defineProperty(kind.prototype, INSPECT, {
    value(this: T): string {
      return show(this);
    },
    configurable: true,
    writable: true,
  });
}
