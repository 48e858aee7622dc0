/** Whether something can be used as a `request`, told before anything is loaded or sent. */
import type { GaxiosLike, RequestLike } from './transport.js';

/**
 * Refuses what is neither a transport function nor an object with a `request` method.
 * @throws TypeError naming the argument.
 */
export function requireRequestLike(request: unknown, argument: string): asserts request is RequestLike {
  if (typeof request === 'function' || isGaxiosLike(request)) return;
  throw new TypeError(
    `"${argument}" must be a transport function or an object with a "request" method, such as a Gaxios`,
  );
}

/** Whether it is an object with a `request` method, such as a `Gaxios`. */
export function isGaxiosLike(value: unknown): value is GaxiosLike {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'request') === 'function';
}
