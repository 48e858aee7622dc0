/**
 * Remembers which tokens an API has accepted. One that is rejected after that has ended early; without this memory it would look like
 * one more fresh token that an API refuses.
 */
import type { Credentials } from '../credentials/credentials.js';

/** Credentials that sign a token for each URL have many at a time; the one that was noted first is forgotten first. */
const MAX_TOKENS = 500;

/** By origin and token: whether it was accepted there, and not refused when it was new. */
type Verdicts = Map<string, boolean>;

const VERDICTS = new WeakMap<Credentials, Verdicts>();

/** An API at this origin has accepted the token. */
export function noteAccepted(credentials: Credentials, origin: string, token: string): void {
  const key = keyOf(origin, token);
  // Parts of an API that refuse new tokens do so whatever its other parts accept.
  if (VERDICTS.get(credentials)?.has(key) !== true) note(credentials, key, true);
}

/** An API at this origin has refused a token that was got because it had refused the one before. */
export function noteRefused(credentials: Credentials, origin: string, token: string): void {
  note(credentials, keyOf(origin, token), false);
}

/** Whether the token is known to have worked at this origin. */
export function wasAccepted(credentials: Credentials, origin: string, token: string): boolean {
  return VERDICTS.get(credentials)?.get(keyOf(origin, token)) === true;
}

function keyOf(origin: string, token: string): string {
  return `${origin} ${token}`;
}

function note(credentials: Credentials, key: string, isGood: boolean): void {
  const verdicts: Verdicts = VERDICTS.get(credentials) ?? new Map<string, boolean>();
  VERDICTS.set(credentials, verdicts.set(key, isGood));
  const [oldest] = verdicts.keys();
  if (oldest !== undefined && verdicts.size > MAX_TOKENS) verdicts.delete(oldest);
}
