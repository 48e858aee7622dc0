/**
 * Guesses at the key of a URL's audience, cut out without parsing. A guess may be wrong; but where it is a key, it is that of this URL:
 * a key is in the normal spelling, and what was cut off begins with what ends it.
 */

/** A host name cannot begin before the slashes of `https://` have ended. */
const AFTER_SCHEME = 'https://'.length;

/** The origin. */
export function guessOrigin(url: string): string {
  return upTo(url, url.indexOf('/', AFTER_SCHEME));
}

/** The URL less its query and its fragment. */
export function guessUrl(url: string): string {
  return upTo(url, url.search(/[?#]/));
}

function upTo(url: string, end: number): string {
  return end === -1 ? url : url.slice(0, end);
}
