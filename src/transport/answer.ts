/** Reads the answers of other HTTP clients: headers of any kind, and bodies that a client has already made something of. */
import type { HttpResponse } from './transport.js';

/** Headers of an answer, whatever object holds them: read in any case. */
export function readableHeaders(headers: unknown): HttpResponse['headers'] {
  if (typeof headers !== 'object' || headers === null) return { get: () => null };
  if (hasGet(headers)) return { get: (name) => textOf(headers.get(name) ?? headers.get(name.toLowerCase())) };
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const));
  return { get: (name) => textOf(byName.get(name.toLowerCase())) };
}

/** The text of a body: itself, decoded from bytes, or serialised again from what the client parsed. */
export function bodyText(data: unknown): string {
  if (typeof data === 'string') return data;
  if (data === undefined || data === null) return '';
  const bytes = bytesOf(data);
  return bytes === undefined ? JSON.stringify(data) : new TextDecoder().decode(bytes);
}

/** The bytes in it, or undefined where it holds none. It is not asked for its class: test runners have several of each. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return isArrayBuffer(value) ? new Uint8Array(value) : undefined;
}

function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}

function hasGet(headers: object): headers is { get(name: string): unknown } {
  return typeof Reflect.get(headers, 'get') === 'function';
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
