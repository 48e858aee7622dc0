/** Scopes: read as people write them, checked, and compared as sets (RFC 6749 §3.3). */

/** Scopes as a list (an array, a `Set`) or as one space-separated string. */
export type ScopesLike = string | Iterable<string>;

/** A scope token of {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.3 | RFC 6749 §3.3}. */
const SCOPE_TOKEN = /^[\x21\x23-\x5B\x5D-\x7E]+$/;

/** What was parsed last. Tokens are granted the same scopes again and again, and each of them carries the list. */
let latest: { readonly text: string; readonly scopes: readonly string[] } | undefined;

/**
 * The scopes as a frozen list without duplicates, in the order given. A string is split at white space, and so is
 * every element of a list; nothing is ever spread into letters.
 * @throws TypeError naming the argument, and the index of the scope, but never its value.
 */
export function parseScopes(value: ScopesLike | undefined, argument: string): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (latest !== undefined && (value === latest.text || value === latest.scopes)) return latest.scopes;
  if (typeof value === 'string') {
    latest = { text: value, scopes: scopesOf(wordsOf(value), (index) => `"${argument}" (scope ${index})`) };
    return latest.scopes;
  }
  if (isList(value)) return scopesOf(value, (index) => `"${argument}[${index}]"`);
  throw new TypeError(`"${argument}" must be an array of strings or a space-separated string`);
}

/** The scopes as they go on the wire: separated by one space. */
export function scopesToString(scopes: readonly string[]): string {
  return scopes.join(' ');
}

/** Those of the requested scopes that were not granted, in the order requested. */
export function missingScopes(requested: readonly string[], granted: readonly string[]): readonly string[] {
  const held = new Set(granted);
  return requested.filter((scope) => !held.has(scope));
}

function scopesOf(elements: Iterable<unknown>, nameOf: (index: number) => string): readonly string[] {
  const scopes = new Set<string>();
  let index = 0;
  for (const element of elements) {
    if (typeof element !== 'string') throw new TypeError(`${nameOf(index)} must be a string`);
    for (const word of wordsOf(element)) {
      if (!SCOPE_TOKEN.test(word))
        throw new TypeError(`${nameOf(index)} must be visible ASCII without quotation marks and backslashes`);
      scopes.add(word);
    }
    index += 1;
  }
  return Object.freeze([...scopes]);
}

function wordsOf(text: string): readonly string[] {
  return text.match(/\S+/g) ?? [];
}

function isList(value: unknown): value is Iterable<unknown> {
  // A String object would be iterated letter by letter.
  if (typeof value !== 'object' || value === null || value instanceof String) return false;
  return typeof Reflect.get(value, Symbol.iterator) === 'function';
}
