/** Where a request goes: the part of its URL that may be told to anybody. */

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** The latest one: token requests mostly go where the one before went. */
let latest: { readonly url: string; readonly target: Readonly<URL> } | undefined;

/**
 * The request's URL, parsed; not to be changed.
 * @throws TypeError where it is not an absolute `http:` or `https:` URL.
 */
export function parseTarget(url: string): Readonly<URL> {
  const target = latest?.url === url ? latest?.target : parsed(url);
  if (target === undefined || DEFAULT_PORTS[target.protocol] === undefined) {
    throw new TypeError('"url" must be an absolute http: or https: URL');
  }
  latest = { url, target };
  return target;
}

/** Host and port of a URL: never its path, query or user, which may hold secrets. */
export function hostAndPort(url: string): string {
  const target = parsed(url);
  if (target === undefined) return 'the server';
  return `${target.hostname}:${target.port === '' ? (DEFAULT_PORTS[target.protocol] ?? '') : target.port}`;
}

function parsed(url: unknown): URL | undefined {
  try {
    return typeof url === 'string' ? new URL(url) : undefined;
  } catch {
    return undefined;
  }
}
