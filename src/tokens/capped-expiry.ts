/** The longest that a token is believed to live, whoever says when it ends: a server, a command, or the token itself. */
import { notice } from './channels.js';

/** The longest life of a token that is believed, in milliseconds: whatever lives longer has been misread. */
export const MAX_LIFETIME_MS: number = 365 * 86_400_000;
/** Nobody issues tokens for longer: milliseconds were given for seconds. */
const SUSPECT_LIFETIME_MS = 30 * 86_400_000;

/**
 * The end of a token, and at most a year from now. A life of over 30 days is told to observers (`lifetime_suspect`).
 * @param expiresAt When the token is said to end, in milliseconds since the epoch; it may be `Infinity`.
 * @param now When it was asked for, in milliseconds since the epoch.
 */
export function cappedExpiry(expiresAt: number, now: number): number {
  if (expiresAt - now > SUSPECT_LIFETIME_MS)
    notice('lifetime_suspect', 'A token is said to live for over 30 days: were milliseconds given for seconds?');
  return Math.min(expiresAt, now + MAX_LIFETIME_MS);
}
