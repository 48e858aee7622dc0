/** The body of a `Request`, read ahead: it can then be sent again, and goes out with its length instead of in chunks. */
import { abandonable } from '../base/abandonable.js';
import { bytesOf } from '../transport/answer.js';

/** What is larger is not held in memory: it is sent as a stream, once. */
export const MAX_HELD_BYTES: number = 1024 * 1024;

/**
 * The bytes of the body, or a stream where it is too large to hold.
 * @throws TypeError where it has been read already, or yields something else than bytes.
 */
export async function heldBody(request: Request, signal?: AbortSignal | null): Promise<RequestInit['body']> {
  const { body, bodyUsed, headers } = request;
  if (bodyUsed) throw new TypeError('"input" must be a Request whose body has not been read');
  if (body === null || !('getReader' in body) || Number(headers.get('content-length')) > MAX_HELD_BYTES) return body;
  const reader = body.getReader();
  try {
    return await readAhead(reader, signal ?? undefined);
  } catch (error) {
    // Whether the source hears that nobody reads on is of no interest.
    void reader.cancel(error).catch(() => undefined);
    throw error;
  }
}

async function readAhead(reader: Reader, signal: AbortSignal | undefined): Promise<RequestInit['body']> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size <= MAX_HELD_BYTES) {
    const part = await abandonable(reader.read(), signal);
    if (part.done) return joined(chunks, size);
    const chunk = bytesOf(part.value);
    if (chunk === undefined) throw new TypeError('"input" must be a Request whose body yields bytes');
    chunks.push(chunk);
    size += chunk.length;
  }
  return resumed(chunks, reader);
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** What was read, and then what is still to come. */
function resumed(chunks: Uint8Array[], reader: Reader): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const chunk = chunks.shift();
      const part = chunk === undefined ? await reader.read() : ({ done: false, value: chunk } as const);
      if (part.done) controller.close();
      else controller.enqueue(part.value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
