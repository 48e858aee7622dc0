import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { jsonAnswer, readBody, urlOf } from '../../../src/testing/http/http-exchange.js';

function aMessage(chunks: Iterable<Buffer>, url?: string): IncomingMessage {
  return Object.assign(Readable.from(chunks), { url }) as unknown as IncomingMessage;
}

test('a JSON answer is kept by no cache, and takes further headers', () => {
  expect(jsonAnswer(201, { a: 1 }, { allow: 'POST' })).toEqual({
    status: 201,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', allow: 'POST' },
    body: '{"a":1}',
  });
});

test.each([
  ['/api/x?y=1', '/api/x'],
  ['//host/api', '//host/api'],
  ['http://elsewhere/api', '/api'],
])('the target %s has the path %s', (target, path) => {
  expect(urlOf(aMessage([], target))?.pathname).toBe(path);
});

test('a target that is no URL has none', () => {
  expect(urlOf(aMessage([], 'nonsense'))).toBeUndefined();
});

test('a body is put together from its chunks, characters split between them included', async () => {
  const bytes = Buffer.from('zwölf');

  const body = await readBody(aMessage([bytes.subarray(0, 3), bytes.subarray(3)]));

  expect(body).toBe('zwölf');
});

test('a body of more than 16 MiB is read to its end and not kept', async () => {
  let read = 0;
  const chunks = function* (): Generator<Buffer> {
    for (; read < 18; read += 1) yield Buffer.alloc(1024 * 1024);
  };

  const body = await readBody(aMessage(chunks()));

  expect([body, read]).toEqual([undefined, 18]);
});
