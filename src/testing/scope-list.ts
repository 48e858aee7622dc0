/** Checks the lists of scopes that users hand to the test kit. */

/** Gives a frozen copy of `scopes` if it is an array of single scopes. */
export function requireScopes(name: string, scopes: unknown): readonly string[] {
  if (!isScopeList(scopes)) throw new TypeError(`"${name}" must be an array of strings without spaces`);
  return Object.freeze([...scopes]);
}

function isScopeList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((scope) => typeof scope === 'string' && /^\S+$/.test(scope));
}
