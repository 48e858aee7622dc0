import { expect, test } from 'vitest';
import { fromBase64url, toBase64url } from '../../src/base/base64url.js';

test('Bytes become base64url without padding, and come back', () => {
  const bytes = Uint8Array.from([0xfb, 0xff, 0xfe, 0]);

  const text = toBase64url(bytes);

  expect(text).toBe('-__-AA');
  expect([...fromBase64url(text)!]).toEqual([...bytes]);
});

test('Text is encoded as UTF-8', () => {
  expect(toBase64url('ä€')).toBe(Buffer.from('ä€').toString('base64url'));
});

test('A view into a larger buffer is encoded alone', () => {
  const bytes = new Uint8Array([1, 2, 3, 4, 5]).subarray(1, 3);

  expect(toBase64url(bytes)).toBe(Buffer.from([2, 3]).toString('base64url'));
});

test('The empty text stands for no bytes', () => {
  expect(fromBase64url('')).toHaveLength(0);
});

test.each(['AA==', 'AA=', 'A', '-_+', 'A A', 'AA\n', 'AB', 'ä', '-__-AB'])(
  'A text that is not the one spelling of some bytes is refused: %j',
  (text) => {
    expect(fromBase64url(text)).toBeUndefined();
  },
);
