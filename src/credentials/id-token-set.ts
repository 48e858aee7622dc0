/** An ID token that serves as a bearer token: its end stands in its own claims (OpenID Connect Core §2). */
import { isHeaderSafe } from '../base/header-value.js';
import { readNumber } from '../base/json-fields.js';
import type { JsonObject } from '../base/json.js';
import { decodeJwt } from '../jose/jwt.js';
import { AccessToken } from '../tokens/access-token.js';
import { cappedExpiry } from '../tokens/capped-expiry.js';
import { TokenSet } from '../tokens/token-set.js';

const MS_PER_SECOND = 1_000;

/**
 * The token set of an ID token, or undefined where it is no JWT that names its end; a year from now at most is believed of that. The
 * signature is not looked at: the token came from its issuer, and is for somebody else to verify.
 * @param sentAt Before the token was asked for, in milliseconds since the epoch: its life counts from here where this machine's clock is behind its issuer's.
 */
export function idTokenSet(token: string, sentAt: number): TokenSet | undefined {
  const claims = isHeaderSafe(token) ? claimsOf(token) : undefined;
  const exp = claims === undefined ? undefined : readNumber(claims, 'exp');
  if (claims === undefined || exp === undefined) return undefined;
  const iat = readNumber(claims, 'iat') ?? -Infinity;
  const lifetimeMs = (exp - iat) * MS_PER_SECOND;
  const expiresAt = cappedExpiry(Math.min(exp * MS_PER_SECOND, sentAt + lifetimeMs), sentAt);
  return isInstant(expiresAt) ? new TokenSet({ accessToken: new AccessToken(token, { expiresAt }) }) : undefined;
}

function claimsOf(token: string): JsonObject | undefined {
  try {
    return decodeJwt(token).payload;
  } catch {
    // What it is not matters to nobody here; whoever asked says what was asked for.
    return undefined;
  }
}

/** A `Date` must be able to hold it. */
function isInstant(instant: number): boolean {
  return !Number.isNaN(new Date(instant).getTime());
}
