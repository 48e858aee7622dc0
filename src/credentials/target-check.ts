/** Where a token must not be sent. */
import { isInsecureTarget } from '../base/url.js';
import { TransportError } from '../errors.js';

/**
 * Refuses a plain `http:` URL, loopback and the metadata server aside.
 * @throws TypeError where it is no string.
 * @throws TransportError `insecure_target`.
 */
export function requireSafeTarget(url: string, allowInsecure: boolean | undefined): void {
  if (typeof url !== 'string') throw new TypeError('"url" must be a string');
  if (allowInsecure === true || !isInsecureTarget(url)) return;
  throw new TransportError(
    'insecure_target',
    'A token is not sent over plain http, where anybody on the way could read it (RFC 6750 §5.3). Use https, or set "allowInsecure".',
  );
}
