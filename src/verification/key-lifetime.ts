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
/** With field names it is about these alone (RFC 9111 §5.2.2.4). */
const NOT_KEPT = /(?:^|[\s,])no-(?:store|cache)\s*(?:,|$)/i;
const SECONDS = /^\d+$/;
/** Whatever is larger counts as this ({@link https://www.rfc-editor.org/rfc/rfc9111#section-1.2.2 | RFC 9111 §1.2.2}). */
const MAX_SECONDS = 2 ** 31;

/** What `max-age` says less what `Age` says, in milliseconds: from a minute to a day; a minute where they are not to be kept at all. */
export function keyLifetimeMs(headers: HttpResponse['headers']): number {
  const cacheControl = headers.get('cache-control') ?? '';
  const maxAge = MAX_AGE.exec(cacheControl)?.[1];
  if (NOT_KEPT.test(cacheControl)) return SHORTEST_MS;
  if (maxAge === undefined) return DEFAULT_MS;
  const leftMs = (secondsIn(maxAge) - secondsIn(headers.get('age')?.trim() ?? '')) * 1000;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, leftMs));
}

function secondsIn(text: string): number {
  return SECONDS.test(text) ? Math.min(MAX_SECONDS, Number(text)) : 0;
}
