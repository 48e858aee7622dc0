/** Keeps the names of classes, which bundlers change: messages and observers tell kinds of credentials by them. */

/** Fixes the `name` of a class. */
export function nameClass(kind: object, name: string): void {
  Object.defineProperty(kind, 'name', { value: name, configurable: true });
}
