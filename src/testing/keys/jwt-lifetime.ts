/** How long a JWT that somebody else has signed may live, in Google's judgement. */
import { readNumber } from '../../base/json-fields.js';
import type { JsonObject } from '../../base/json.js';

/** The longest life that Google allows an assertion. */
const MAX_LIFETIME_SECONDS = 3600;

/** By how much Google lets another clock be wrong. */
const MAX_SKEW_SECONDS = 300;

/** Whether the JWT has an `iat` and an `exp` at most an hour apart, and lives at `now` by a clock that may be off by 5 minutes. */
export function isShortLivedAt(claims: JsonObject, now: number): boolean {
  const iat = readNumber(claims, 'iat');
  const exp = readNumber(claims, 'exp');
  if (iat === undefined || exp === undefined) return false;
  const seconds = now / 1000;
  if (exp <= iat || exp - iat > MAX_LIFETIME_SECONDS) return false;
  return iat <= seconds + MAX_SKEW_SECONDS && exp > seconds - MAX_SKEW_SECONDS;
}
