/** For how long fetched keys count as current ({@link https://www.rfc-editor.org/rfc/rfc9111#section-4.2.1 | RFC 9111 §4.2.1}). Pure. */
import type { HttpResponse } from '../transport/transport.js';

/** Where the answer does not say. */
const DEFAULT_MS = 3_600_000;
/** Whatever the answer says (`no-store`, `max-age=0`): keys are no secret, and verifying must not mean fetching. */
const SHORTEST_MS = 60_000;
/** A key that was withdrawn must not be believed for longer than this. */
const LONGEST_MS = 86_400_000;

/** The first `max-age`, and not `s-maxage`: this cache is nobody's but ours. */
const MAX_AGE = /(?:^|[\s,])max-age\s*=\s*"?(\d+)/i;
const SECONDS = /^\d+$/;

/** What `max-age` says less what `Age` says, in milliseconds: from a minute to a day. */
export function keyLifetimeMs(headers: HttpResponse['headers']): number {
  const maxAge = MAX_AGE.exec(headers.get('cache-control') ?? '')?.[1];
  if (maxAge === undefined) return DEFAULT_MS;
  const age = headers.get('age')?.trim() ?? '';
  const leftMs = (Number(maxAge) - (SECONDS.test(age) ? Number(age) : 0)) * 1000;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, leftMs));
}
