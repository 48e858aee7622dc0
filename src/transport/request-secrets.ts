/** What of a request is secret: a client that failed may say it again. */
import type { TransportRequest } from './transport.js';

/** The parameters of OAuth 2.0 and its extensions that are secrets (RFC 6749, RFC 7009, RFC 7521, RFC 8693). */
const SECRET_PARAMETERS: ReadonlySet<string> = new Set([
  'access_token',
  'actor_token',
  'assertion',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'key',
  'password',
  'rapt',
  'refresh_token',
  'subject_token',
  'token',
]);
const SECRET_HEADERS: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'x-goog-api-key']);

/** The secrets in the form, the query and the headers of a request. */
export function secretsOf({ url, headers = {}, body = '' }: TransportRequest): readonly string[] {
  const query = url.slice(url.indexOf('?') + 1);
  const parameters = [...new URLSearchParams(body), ...new URLSearchParams(query)];
  return [
    ...parameters.filter(([name]) => SECRET_PARAMETERS.has(name)).map(([, value]) => value),
    ...Object.entries(headers)
      .filter(([name]) => SECRET_HEADERS.has(name.toLowerCase()))
      .flatMap(([, value]) => credentialsIn(value)),
  ];
}

/** Behind the name of the scheme; for `Basic` the secret that is encoded in it too (RFC 6749 §2.3.1). */
function credentialsIn(header: string): readonly string[] {
  const [, scheme = '', value = ''] = /^(?:(\S+) +)?(.*)$/s.exec(header) ?? [];
  if (scheme.toLowerCase() !== 'basic') return [value];
  const pair = Buffer.from(value, 'base64').toString();
  const secret = new URLSearchParams(`=${pair.slice(pair.indexOf(':') + 1)}`).get('') ?? '';
  return [value, secret];
}
