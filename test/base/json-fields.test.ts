import { describe, expect, test } from 'vitest';
import { readBoolean, readNumber, readObject, readString, readStringArray } from '../../src/base/json-fields.js';
import { parseJsonObject } from '../../src/base/json.js';

describe('readers', () => {
  const record =
    parseJsonObject(
      '{"s":"x","n":2,"b":false,"l":["a","b"],"mixed":["a",1],"o":{"k":1},"huge":1e999,"nothing":null}',
    ) ?? {};

  test('Each gives the value of its type', () => {
    expect(readString(record, 's')).toBe('x');
    expect(readNumber(record, 'n')).toBe(2);
    expect(readBoolean(record, 'b')).toBe(false);
    expect(readStringArray(record, 'l')).toEqual(['a', 'b']);
    expect({ ...readObject(record, 'o') }).toEqual({ k: 1 });
  });

  test('Each gives undefined for a missing key and for a value of another type', () => {
    for (const read of [readString, readNumber, readBoolean, readStringArray, readObject]) {
      expect(read(record, 'absent')).toBeUndefined();
      expect(read(record, 'nothing')).toBeUndefined();
    }
    expect(readString(record, 'n')).toBeUndefined();
    expect(readStringArray(record, 'mixed')).toBeUndefined();
    expect(readNumber(record, 'huge')).toBeUndefined();
    expect(readObject(record, 'l')).toBeUndefined();
  });
});
