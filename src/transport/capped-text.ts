/** Reads the body of a `node:http` answer as text: decompressed, and no further than the cap. */
import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import { nameClasses } from '../base/class-name.js';
import { MAX_BODY_BYTES } from './limits.js';

type Unpacker = (zlib: typeof import('node:zlib')) => Transform;

/** No encoding is asked for, but some servers pack their answers all the same. */
const DECODERS: ReadonlyMap<string | undefined, Unpacker> = new Map<string, Unpacker>([
  ['br', (zlib) => zlib.createBrotliDecompress()],
  ['deflate', (zlib) => zlib.createInflate()],
  ['gzip', (zlib) => zlib.createGunzip()],
  ['x-gzip', (zlib) => zlib.createGunzip()],
]);

/** Thrown in the place of a body that goes past the cap. */
export class BodyTooLarge extends Error {
  static {
    nameClasses({ BodyTooLarge: this });
  }
}

const UTF_8 = new TextDecoder();

/** The whole body. Rejects where the connection breaks first, where it cannot be decompressed, or where it is too large. */
export function cappedText(answer: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const body = decompressed(answer, reject);
    body.on('error', reject);
    body.on('end', () => {
      resolve(UTF_8.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, size)));
    });
    body.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else {
        chunks.length = 0;
        body.destroy();
        reject(new BodyTooLarge());
      }
    });
  });
}

/** An answer without a body has nothing to decompress, whatever its headers say. */
function decompressed(answer: IncomingMessage, fail: (error: Error) => void): Readable {
  const decoder = isEmpty(answer) ? undefined : decoderFor(answer.headers['content-encoding']);
  if (decoder === undefined) return answer;
  answer.on('error', (error: Error) => {
    fail(error);
    decoder.destroy();
  });
  return answer.pipe(decoder);
}

function isEmpty(answer: IncomingMessage): boolean {
  return answer.statusCode === 204 || answer.statusCode === 304 || answer.headers['content-length'] === '0';
}

function decoderFor(encoding: string | undefined): Transform | undefined {
  const create = DECODERS.get(encoding?.trim().toLowerCase());
  return create?.(process.getBuiltinModule('node:zlib'));
}
