/** Whom a self-signed token is for: told by the URL of the request (AIP-4111). */
import { parsedUrl } from '../../base/parsed-url.js';
import { guessOrigin, guessUrl } from './audience-guess.js';

/** What of a URL names the audience. */
export interface AudienceRule {
  /** What tells the audiences of two URLs apart. */
  readonly keyOf: (url: URL) => string;
  /** A guess at the key, which is never the key of another URL. */
  readonly guessKey: (url: string) => string;
  /** The audience of a URL. */
  readonly audienceOf: (url: URL) => string;
}

/** One audience for each API host: `https://pubsub.googleapis.com/`. */
export const BY_ORIGIN: AudienceRule = {
  keyOf: ({ origin }) => origin,
  guessKey: guessOrigin,
  audienceOf: ({ origin }) => `${origin}/`,
};

/** One audience for each URL, less its query and its fragment. */
export const BY_URL: AudienceRule = { keyOf: withoutQuery, guessKey: guessUrl, audienceOf: withoutQuery };

/**
 * The URL of a request that is to get a token of its own.
 * @throws TypeError where it does not name a host.
 */
export function requestTarget(url: unknown): URL {
  const target = parsedUrl(url);
  // Schemes that have no hosts, as far as the URL standard knows, have the origin "null".
  if (target !== undefined && target.origin !== 'null') return target;
  throw new TypeError('"url" must be an absolute URL: its host tells whom the token is for');
}

function withoutQuery({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}
