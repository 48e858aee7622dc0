/** Takes the body out of a `Request`, so that it can be sent again. */
import { MAX_HELD_BYTES, RecordedBody } from './recorded-body.js';

/** A body as `fetch` takes it, or one that is recorded as it is sent. */
export type SendableBody = RequestInit['body'] | RecordedBody;

/**
 * The body, recorded as it is sent; as it is where there is none, where it is no stream of the platform's, or where it is said to be
 * too large to be held.
 * @throws TypeError where it has been read already, or yields something else than bytes.
 */
export async function requestBody({ body, bodyUsed, headers }: Request): Promise<SendableBody> {
  if (bodyUsed) throw new TypeError('"input" must be a Request whose body has not been read');
  if (body === null || !('getReader' in body) || Number(headers.get('content-length')) > MAX_HELD_BYTES) return body;
  const recorded = new RecordedBody(body.getReader());
  try {
    await recorded.readWhatIsThere();
    return recorded;
  } catch (error) {
    recorded.abandon(error);
    throw error;
  }
}

/** Whether a body can be sent again: all but streams can, and those while they are recorded. */
export function isReplayable(body: SendableBody): boolean {
  return body instanceof RecordedBody ? body.isReplayable : !isStream(body);
}

/**
 * What `fetch` is given of a body, for one sending; `duplex` is what it wants to hear of a stream. Where a stream is answered with 401, some
 * versions of Node (24.14, 24.15, 25.6 to 25.9) throw in place of the answer unless the credentials of browsers, which Node has none of, are left
 * out: https://github.com/nodejs/undici/issues/5018.
 */
export function sendingOf(
  body: SendableBody,
  credentials?: RequestInit['credentials'],
): Pick<RequestInit, 'body' | 'duplex' | 'credentials'> {
  const sent = body instanceof RecordedBody ? body.next() : (body ?? null);
  if (!isStream(sent)) return { body: sent };
  return { body: sent, duplex: 'half', ...(credentials === 'include' ? {} : { credentials: 'omit' }) };
}

function isStream(body: RequestInit['body']): boolean {
  return typeof body === 'object' && body !== null && (Symbol.asyncIterator in body || 'getReader' in body);
}
