/** Keeps the names of classes, which bundlers change: messages and observers tell kinds of credentials by them. */

/** Fixes the `name` of each class: the one under which it stands here. */
export function nameClasses(classes: Readonly<Record<string, object>>): void {
  for (const [name, kind] of Object.entries(classes)) {
    Object.defineProperty(kind, 'name', { value: name, configurable: true });
  }
}
