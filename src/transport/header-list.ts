/** The headers of a request, in the form that costs Node the least. */
import type { OutgoingHttpHeaders } from 'node:http';
import type { TransportRequest } from './transport.js';

/** Headers that say how a request is framed and kept: where somebody gives one, Node has to see how it goes with the others. */
const FRAMING: ReadonlySet<string> = new Set(['connection', 'content-length', 'expect', 'host', 'transfer-encoding']);

/**
 * A complete list of names and values, which Node writes as it stands; from an object it would keep each header, and write it later.
 * Nobody can add to a list, so a request whose agent may do so gets an object; and so does one without a body, since Node knows how to
 * frame that.
 */
export function headersFor(
  { headers = {}, body }: TransportRequest,
  target: Readonly<URL>,
  mayBeAddedTo: boolean,
): OutgoingHttpHeaders | string[] {
  const names = Object.keys(headers);
  if (mayBeAddedTo || body === undefined || names.some((name) => FRAMING.has(name.toLowerCase())))
    return { ...headers };
  const list = ['host', target.host, 'content-length', String(Buffer.byteLength(body))];
  for (const name of names) list.push(name, headers[name] ?? '');
  return list;
}
