/** Whether something can be used as a `request`, told before anything is loaded or sent. */
import type { GaxiosLike, RequestLike } from './transport.js';

/**
 * Refuses what is neither a transport function nor an object with a `request` method. An axios instance is a function and still no
 * transport: it takes other options, and its answers have no `body`.
 * @throws TypeError naming the argument.
 */
export function requireRequestLike(request: unknown, argument: string): asserts request is RequestLike {
  if (isGaxiosLike(request)) return;
  if (typeof request === 'function') {
    if (!isAxios(request)) return;
    throw new TypeError(
      `"${argument}" must not be an axios instance: pass a transport function that calls it, a Gaxios, or nothing for the default`,
    );
  }
  throw new TypeError(
    `"${argument}" must be a transport function or an object with a "request" method, such as a Gaxios`,
  );
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
