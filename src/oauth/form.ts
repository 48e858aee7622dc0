/** The form-encoded POST that every endpoint of OAuth 2.0 takes (RFC 6749 §4, appendix B). */
import type { TransportRequest } from '../transport/transport.js';

/**
 * Builds the request; parameters without a value are left out.
 * @param resend Whether it may be submitted again once it may have reached the server.
 */
export function formRequest(
  url: string,
  parameters: Readonly<Record<string, string | undefined>>,
  headers: Readonly<Record<string, string>> = {},
  resend = true,
): TransportRequest {
  const form = new URLSearchParams();
  for (const name of Object.keys(parameters)) {
    const value = parameters[name];
    if (value !== undefined) form.append(name, value);
  }
  return Object.freeze({
    method: 'POST',
    url,
    headers: Object.freeze({
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...headers,
    }),
    body: form.toString(),
    resend,
  });
}
