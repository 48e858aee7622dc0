/** Whether something can be used as a `request`, told before anything is loaded or sent. */
import type { GaxiosLike } from './transport.js';

/**
 * Gives it back, or refuses what is neither a transport function nor an object with a `request` method. An axios instance is a
 * function and still no transport: it takes other options, and its answers have no `body`.
 * @throws TypeError naming the argument.
 */
export function requireRequestLike<T>(request: T, argument: string): T {
  const isCallable = typeof request === 'function';
  if (isGaxiosLike(request) || (isCallable && !isAxios(request))) return request;
  const what = isCallable
    ? 'not be an axios instance: pass a transport function that calls it, a Gaxios, or nothing for the default'
    : 'be a transport function or an object with a "request" method, such as a Gaxios';
  throw new TypeError(`"${argument}" must ${what}`);
}

/** Whether it is an object with a `request` method, such as a `Gaxios`. */
export function isGaxiosLike(value: unknown): value is GaxiosLike {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'request') === 'function';
}

/** An axios instance can be called, and has the methods and the settings of its class besides. */
function isAxios(request: object): boolean {
  return (
    typeof Reflect.get(request, 'request') === 'function' &&
    ['defaults', 'interceptors'].some((name) => name in request)
  );
}
