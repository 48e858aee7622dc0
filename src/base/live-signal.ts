/** The signal of a call: read from the caller's own option, and checked before anything is begun. */
import { isObject } from './is-object.js';
import { requireOptions } from './option-record.js';

/**
 * The signal that the options name, where they name one.
 * @throws TypeError where the options are no object, or the signal is no `AbortSignal`.
 * @throws The signal's reason where it has aborted.
 */
export function liveSignal(
  options: { readonly signal?: AbortSignal | undefined } | undefined,
): AbortSignal | undefined {
  if (options === undefined) return undefined;
  requireOptions(options);
  const signal = Object.hasOwn(options, 'signal') ? options.signal : undefined;
  if (signal === undefined) return undefined;
  if (!isSignal(signal)) throw new TypeError('"signal" must be an AbortSignal');
  signal.throwIfAborted();
  return signal;
}

/** Those of other realms, and of libraries that bring their own, are signals too. */
function isSignal(value: unknown): boolean {
  return isObject(value) && 'throwIfAborted' in value && 'addEventListener' in value;
}
