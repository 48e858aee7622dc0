import { expect, test } from 'vitest';
import { bodyText, bytesOf, readableHeaders } from '../../src/transport/answer.js';

test.each([[undefined], [null], ['text'], [{}]])('Headers that are %j hold nothing', (headers) => {
  expect(readableHeaders(headers).get('constructor')).toBeNull();
});

test('A header that is no text, number or list is not there', () => {
  const headers = readableHeaders({ odd: { toString: () => 'secret' }, none: null, list: ['a', 'b'], count: 2 });

  expect(['odd', 'none', 'list', 'count'].map((name) => headers.get(name))).toEqual([null, null, 'a, b', '2']);
});

test('A byte order mark in front of the body is dropped', () => {
  expect(bodyText(Buffer.from('\uFEFF{}'))).toBe('{}');
});

test('Bytes are read from within a larger buffer', () => {
  const view = new DataView(new TextEncoder().encode('before{}after').buffer, 6, 2);

  expect(bodyText(view)).toBe('{}');
  expect(bytesOf('text')).toBeUndefined();
});
