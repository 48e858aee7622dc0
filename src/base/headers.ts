/** Writes headers into whatever an HTTP client keeps them in: `Headers`, a `Map`, or a plain object, edited in place. */
import { isObject } from './is-object.js';

/** Anything with a `set` method: `Headers`, a `Map`, axios's headers. */
export interface SettableHeaders {
  /** Sets one header. */
  set(name: string, value: string): unknown;
}

/** Where headers are written: a `Headers`, a `Map` and their like, recognised by their `set` method, or a plain object. It is edited in place. */
export type HeadersLike = SettableHeaders | Record<string, unknown>;

interface MapHeaders extends SettableHeaders {
  keys(): Iterable<string>;
  get(name: string): unknown;
  delete(name: string): unknown;
}

/**
 * Sets one header, replacing it in whatever case it stands.
 * @param name In lower case.
 * @throws TypeError where `headers` is not an object of one of the three kinds: headers written to another would go nowhere.
 */
export function setHeader(headers: HeadersLike, name: string, value: string): void {
  if (!isObject(headers)) throw notHeaders();
  if (isSettable(headers)) {
    if (isMap(headers)) deleteOtherCases(headers, name);
    headers.set(name, value);
    return;
  }
  if (isOfClass(headers)) throw notHeaders();
  for (const key in headers) if (isOtherCase(key, name)) Reflect.deleteProperty(headers, key);
  headers[name] = value;
}

/** Whether it is a `Headers`, a `Map` or one of their like. */
export function isSettable(headers: HeadersLike): headers is SettableHeaders {
  return typeof headers.set === 'function';
}

/** A `Map` tells cases apart and `Headers` does not; only `Headers` has `append`. */
export function isMap(headers: SettableHeaders): headers is MapHeaders {
  return !('append' in headers) && 'keys' in headers && 'delete' in headers && 'get' in headers;
}

function deleteOtherCases(headers: MapHeaders, name: string): void {
  for (const key of headers.keys()) if (isOtherCase(key, name)) headers.delete(key);
}

function isOtherCase(key: string, name: string): boolean {
  return key.length === name.length && key !== name && key.toLowerCase() === name;
}

/** Whether it is an array, a `Set`, a `ClientRequest`, or whatever else is no plain object, of this realm or another. */
function isOfClass(headers: object): boolean {
  let at: unknown = Object.getPrototypeOf(headers);
  if (at === Object.prototype) return false;
  for (; isObject(at); at = Object.getPrototypeOf(at)) {
    if (Object.hasOwn(at, 'constructor') && Object.getPrototypeOf(at) !== null) return true;
  }
  return false;
}

function notHeaders(): TypeError {
  return new TypeError('"headers" must be a Headers, a Map, or a plain object of header names and values');
}
