import { expect, test } from 'vitest';
import * as der from '../../../src/testing/keys/der.js';

function hex(value: Buffer): string {
  return value.toString('hex');
}

test('values carry their tag and their length', () => {
  expect(hex(der.sequence(der.nullValue(), der.nullValue()))).toBe('300405000500');
  expect(hex(der.setOf(der.nullValue()))).toBe('31020500');
  expect(hex(der.tagged(3, der.nullValue()))).toBe('a3020500');
  expect(hex(der.bitString(Buffer.of(0xff)))).toBe('030200ff');
  expect(hex(der.utf8String('é'))).toBe('0c02c3a9');
});

test.each([
  [127, '7f'],
  [128, '8180'],
  [255, '81ff'],
  [256, '820100'],
  [70_000, '83011170'],
])('a length of %i is %s', (length, expected) => {
  const value = der.utf8String('a'.repeat(length));

  expect(hex(value.subarray(1, 1 + expected.length / 2))).toBe(expected);
  expect(value.length).toBe(1 + expected.length / 2 + length);
});

test('an integer whose first bit is set gets a zero before it, for it is not negative', () => {
  expect(hex(der.integer(Buffer.of(0x7f)))).toBe('02017f');
  expect(hex(der.integer(Buffer.of(0x80)))).toBe('02020080');
});

test('an integer takes no more bytes than it needs', () => {
  expect(hex(der.integer(Buffer.of(0, 0, 0x7f)))).toBe('02017f');
  expect(hex(der.integer(Buffer.of(0, 0x80)))).toBe('02020080');
  expect(hex(der.integer(Buffer.of(0, 0)))).toBe('020100');
});

test.each([
  ['2.5.4.3', '0603550403'],
  ['1.2.840.113549.1.1.11', '06092a864886f70d01010b'],
  ['1.2.840.10045.4.3.2', '06082a8648ce3d040302'],
])('the object identifier %s is %s', (dotted, expected) => {
  expect(hex(der.objectIdentifier(dotted))).toBe(expected);
});

test('times have two digits for the year until 2049, and four from then on', () => {
  expect(der.time(Date.UTC(2049, 11, 31, 23, 59, 59)).toString('latin1')).toBe('\x17\x0d491231235959Z');
  expect(der.time(Date.UTC(2050, 0, 1)).toString('latin1')).toBe('\x18\x0f20500101000000Z');
});
