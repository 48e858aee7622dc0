/** Adds to a header what others may have set before, in `Headers`, a `Map` or a plain object. */
import { isMap, isSettable, setHeader, type HeadersLike } from './headers.js';

/** Appends to one header after a space, or sets it where it is absent. */
export function appendToHeader(headers: HeadersLike, name: string, value: string): void {
  const held = heldValue(headers, name);
  setHeader(headers, name, typeof held === 'string' && held !== '' ? `${held} ${value}` : value);
}

function heldValue(headers: HeadersLike, name: string): unknown {
  if (isSettable(headers)) {
    if (isMap(headers))
      return [...headers.keys()]
        .map((key) => (key.toLowerCase() === name ? headers.get(key) : undefined))
        .find(Boolean);
    return 'get' in headers && typeof headers.get === 'function'
      ? Reflect.apply(headers.get, headers, [name])
      : undefined;
  }
  const key = Object.keys(headers).find((candidate) => candidate.toLowerCase() === name);
  return key === undefined ? undefined : headers[key];
}
