import { describe, expect, test } from 'vitest';
import { BareRecord } from '../../src/base/bare-record.js';
import { readObject, readString } from '../../src/base/json-fields.js';
import { parseJsonObject, toJsonObject } from '../../src/base/json.js';

describe('parseJsonObject', () => {
  test('A JSON object becomes a frozen record that inherits nothing', () => {
    const record = parseJsonObject('{"a":1}');

    expect({ ...record }).toEqual({ a: 1 });
    expect(record).toBeInstanceOf(BareRecord);
    expect(Object.isFrozen(record)).toBe(true);
  });

  test('A byte order mark is skipped', () => {
    expect(parseJsonObject('\uFEFF{"a":1}')).toBeDefined();
  });

  test.each(['', '[]', 'null', '7', '"text"', '{', '{"a":1}trailing'])(
    'A text that is no JSON object gives undefined: %s',
    (text) => {
      expect(parseJsonObject(text)).toBeUndefined();
    },
  );

  test('F81 Keys that name parts of Object.prototype are plain values', () => {
    const record = parseJsonObject('{"__proto__":{"token":"evil"},"constructor":"c","toString":"t"}') ?? {};

    expect(readString(record, 'token')).toBeUndefined();
    expect(readString(record, 'constructor')).toBe('c');
    expect(readString({ ...record }, 'hasOwnProperty')).toBeUndefined();
    expect(({} as Record<string, unknown>)['token']).toBeUndefined();
  });

  test('F81 A nested object inherits nothing either', () => {
    const record = parseJsonObject('{"inner":{"__proto__":{"a":"evil"},"b":"fine"}}') ?? {};

    const inner = readObject(record, 'inner') ?? {};

    expect(inner).toBeInstanceOf(BareRecord);
    expect(readString(inner, 'a')).toBeUndefined();
    expect(readString(inner, 'b')).toBe('fine');
  });
});

describe('toJsonObject', () => {
  test('The copy takes own keys only and does not follow later edits', () => {
    const given = Object.assign(Object.create({ inherited: 'x' }) as Record<string, unknown>, { own: 'y' });

    const record = toJsonObject(given) ?? {};
    given.own = 'edited';

    expect({ ...record }).toEqual({ own: 'y' });
  });
});
