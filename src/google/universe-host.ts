/** Which hosts belong to a universe: Google's own, or a partner's cloud. */
import { parsedUrl } from '../base/parsed-url.js';
import { DEFAULT_UNIVERSE_DOMAIN, GOOGLE_TOKEN_URI } from './well-known.js';

/** Whether a URL's host belongs to the universe: one of Google's own, or of a partner's cloud. */
export function isUniverseHost(url: string, universeDomain: string): boolean {
  if (url === GOOGLE_TOKEN_URI) return universeDomain === DEFAULT_UNIVERSE_DOMAIN;
  const host = parsedUrl(url)?.hostname ?? '';
  return host === universeDomain || host.endsWith(`.${universeDomain}`);
}
