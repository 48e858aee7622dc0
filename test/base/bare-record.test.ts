import { expect, test } from 'vitest';
import { BareRecord } from '../../src/base/bare-record.js';

test('F81 A record inherits nothing at all', () => {
  const record = new BareRecord();

  expect(Reflect.ownKeys(Object.getPrototypeOf(record) as object)).toEqual([]);
  expect(Object.getPrototypeOf(Object.getPrototypeOf(record))).toBeNull();
  expect('toString' in record).toBe(false);
});

test('F81 A key that would name the prototype elsewhere is a plain key', () => {
  const record = new BareRecord();

  record['__proto__'] = { token: 'evil' };

  expect(Object.hasOwn(record, '__proto__')).toBe(true);
  expect(record['token']).toBeUndefined();
});

test('F81 What all records share cannot be written to', () => {
  expect(Object.isFrozen(Object.getPrototypeOf(new BareRecord()))).toBe(true);
});
