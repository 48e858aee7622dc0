/** Whom a self-signed token is for: told by the URL of the request (AIP-4111). */

/** What of a URL names the audience. */
export interface AudienceRule {
  /** What tells the audiences of two URLs apart. */
  readonly keyOf: (url: URL) => string;
  /**
   * A guess at the key, cut out without parsing. It may be wrong; but where it is a key, it is that of this URL: a key is in the
   * normal spelling, and what was cut off begins with what ends it.
   */
  readonly guessKey: (url: string) => string;
  /** The audience of a URL. */
  readonly audienceOf: (url: URL) => string;
}

/** A host name cannot begin before the slashes of `https://` have ended. */
const AFTER_SCHEME = 'https://'.length;

/** One audience for each API host: `https://pubsub.googleapis.com/`. */
export const BY_ORIGIN: AudienceRule = Object.freeze({
  keyOf: ({ origin }: URL) => origin,
  guessKey: (url: string) => upTo(url, url.indexOf('/', AFTER_SCHEME)),
  audienceOf: ({ origin }: URL) => `${origin}/`,
});

/** One audience for each URL, less its query and its fragment. */
export const BY_URL: AudienceRule = Object.freeze({
  keyOf: withoutQuery,
  guessKey: (url: string) => upTo(url, url.search(/[?#]/)),
  audienceOf: withoutQuery,
});

/**
 * The URL of a request that is to get a token of its own.
 * @throws TypeError where it does not name a host.
 */
export function requestTarget(url: unknown): URL {
  const target = typeof url === 'string' ? parsed(url) : undefined;
  // Schemes that have no hosts, as far as the URL standard knows, have the origin "null".
  if (target !== undefined && target.origin !== 'null') return target;
  throw new TypeError('"url" must be an absolute URL: its host tells whom the token is for');
}

function parsed(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

function withoutQuery({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

function upTo(url: string, end: number): string {
  return end === -1 ? url : url.slice(0, end);
}
