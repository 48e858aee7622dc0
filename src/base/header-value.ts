/** What may stand in an HTTP header that this library writes: visible ASCII only (RFC 9110 §5.5), so that nothing can be injected. */

/** Longest token or key that is accepted, in characters. */
export const MAX_HEADER_VALUE_LENGTH: number = 64 * 1024;

const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

/** Whether the value is one to {@link MAX_HEADER_VALUE_LENGTH} visible ASCII characters: no space, CR, LF or NUL. */
export function isHeaderSafe(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_HEADER_VALUE_LENGTH && VISIBLE_ASCII.test(value);
}

/**
 * Gives the value back, or refuses it without quoting it.
 * @throws TypeError naming the argument.
 */
export function requireHeaderSafe(value: unknown, argument: string): string {
  if (isHeaderSafe(value)) return value;
  throw new TypeError(
    `"${argument}" must be a non-empty string of visible ASCII characters (no space, line break or NUL)`,
  );
}
