/** Puts an answer on the wire, whole or maimed by a fault. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { BytesFault, Fault } from '../faults/fault.js';
import type { Answer } from './http-exchange.js';

const CHUNK_BYTES = 65_536;

/** Sends an answer as it is. */
export function send(response: ServerResponse, answer: Answer): void {
  writeHead(response, answer);
  response.end(answer.body);
}

/** Sends what a fault leaves of an answer. Rejects where the emulator closes or the client goes away meanwhile. */
export async function sendFaulty(
  response: ServerResponse,
  answer: Answer | undefined,
  fault: Fault,
  closing: AbortSignal,
): Promise<void> {
  if ('hang' in fault) return;
  if ('reset' in fault) response.socket?.resetAndDestroy();
  else if ('bytes' in fault) await sendBytes(response, fault);
  else if (answer === undefined) return;
  else if ('slowBody' in fault) await sendSlowly(response, answer, fault.slowBody, closing);
  else if ('truncate' in fault) sendTruncated(response, answer, fault.truncate);
  else send(response, answer);
}

function writeHead(response: ServerResponse, { status, headers, body }: Answer): void {
  const bodiless = status === 204 || status === 304;
  response.writeHead(status, bodiless ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) });
}

async function sendSlowly(
  response: ServerResponse,
  answer: Answer,
  msPerByte: number,
  closing: AbortSignal,
): Promise<void> {
  writeHead(response, answer);
  response.flushHeaders();
  for (const byte of Buffer.from(answer.body)) {
    await sleep(msPerByte, undefined, { signal: closing });
    if (response.destroyed) return;
    response.write(Uint8Array.of(byte));
  }
  response.end();
}

/** Ends the connection in good order, so that the client surely gets the bytes before it learns of the end. */
function sendTruncated(response: ServerResponse, answer: Answer, bytes: number): void {
  writeHead(response, answer);
  response.flushHeaders();
  const part = Buffer.from(answer.body).subarray(0, bytes);
  if (part.length > 0) response.write(part);
  response.socket?.end();
}

async function sendBytes(response: ServerResponse, { bytes, gzip = false }: BytesFault): Promise<void> {
  const encoding = gzip ? { 'content-encoding': 'gzip' } : {};
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', ...encoding });
  const body = Readable.from(longJsonString(bytes), { objectMode: false });
  if (gzip) await pipeline(body, createGzip(), response);
  else await pipeline(body, response);
}

function* longJsonString(bytes: number): Generator<Buffer> {
  yield Buffer.from('"');
  const chunk = Buffer.alloc(CHUNK_BYTES, 'a');
  for (let left = bytes - 2; left > 0; left -= CHUNK_BYTES) yield chunk.subarray(0, left);
  yield Buffer.from('"');
}
