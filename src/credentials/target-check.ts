/** Where a token must not be sent. */
import { isLoopbackHost } from '../base/address.js';
import { parsedUrl } from '../base/parsed-url.js';
import { TransportError } from '../errors.js';

/** A relative URL is not insecure: it does not say where it leads. */
const INSECURE_SCHEME = /^(?!(https|wss):)[a-z][a-z\d+.-]*:/i;
const METADATA_SERVER = /^(metadata(\.google\.internal)?|169\.254\.169\.254|\[fd20:ce::254\])\.?$/;

/**
 * What parsers skip: before a URL controls and spaces (of Unicode too, where a client trims), and within it tabs and line ends. As a literal
 * it would cost whoever imports this file nearly half a millisecond.
 */
let skipped: RegExp | undefined;

/**
 * Refuses an absolute URL that is neither `https:` nor `wss:`, but for `http:` to this machine and to the metadata server.
 * @throws TypeError where it is no string.
 * @throws TransportError `insecure_target`.
 */
export function requireSafeTarget(url: string, allowInsecure: boolean | undefined): void {
  if (typeof url !== 'string') throw new TypeError('"url" must be a string');
  if (allowInsecure === true || !isInsecure(url)) return;
  throw new TransportError(
    'insecure_target',
    'A token is not sent over plain http, where anybody on the way could read it (RFC 6750 §5.3). Use https, or set "allowInsecure".',
  );
}

function isInsecure(url: string): boolean {
  skipped ??= new RegExp(String.raw`^[\p{Cc}\p{Cf}\p{Z}]+|[\t\n\r]`, 'gu');
  if (!INSECURE_SCHEME.test(url.replace(skipped, ''))) return false;
  // What this parser refuses, another might read: it counts as insecure.
  const target = parsedUrl(url);
  if (target?.protocol !== 'http:') return true;
  return !isLoopbackHost(target.hostname) && !METADATA_SERVER.test(target.hostname);
}
