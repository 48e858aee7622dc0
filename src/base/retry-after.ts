/** Reads the Retry-After header ({@link https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 | RFC 9110 §10.2.3}). Pure. */

/** A server that asks for more has a mistake in it, or wishes us ill. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

const SECONDS = /^\d+$/;
const HTTP_DATE =
  /^(?:[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4}|[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2}) \d{2}:\d{2}:\d{2} GMT$/;

/**
 * How long the server asks to be left alone, in milliseconds and at most an hour.
 * Undefined where it says nothing, nothing that can be read, or a date that has passed.
 * @param now Wall time, in milliseconds since the epoch, that a date is counted from.
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  const value = header?.trim() ?? '';
  const delayMs = SECONDS.test(value)
    ? Number(value) * 1000
    : HTTP_DATE.test(value)
      ? Date.parse(value) - now
      : Number.NaN;
  return delayMs >= 0 ? Math.min(delayMs, MAX_RETRY_AFTER_MS) : undefined;
}
