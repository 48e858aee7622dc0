/** Reads URLs by the WHATWG parser, which the HTTP clients use too. */

/** The URL that a value spells, where it is absolute, or there is one that it is relative to. */
export function parsedUrl(value: unknown, base?: URL): URL | undefined {
  // Not by `URL.canParse`: in Node 20 and 22 it fails on umlauts in host names, once it has been optimized.
  try {
    return typeof value === 'string' ? new URL(value, base) : undefined;
  } catch {
    return undefined;
  }
}
