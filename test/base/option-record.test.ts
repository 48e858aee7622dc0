import { describe, expect, it } from 'vitest';
import { knownOptions, ownOptions, requireOptions } from '../../src/base/option-record.js';

interface Options {
  readonly a?: unknown;
  readonly b?: unknown;
}

const NAMES = ['a', 'b'] as const;

describe('Kept options', () => {
  it('are a frozen copy of the known ones', () => {
    const given = Object.freeze({ a: 1, b: null, unknown: 2 });

    const kept = ownOptions<Options>(given, NAMES);

    expect(Object.entries(kept)).toEqual([
      ['a', 1],
      ['b', null],
    ]);
    expect(Object.isFrozen(kept)).toBe(true);
  });

  it('do not change with what they were made from', () => {
    const given = { a: 1 };
    const kept = ownOptions<Options>(given, NAMES);

    given.a = 2;

    expect(kept.a).toBe(1);
  });

  it('leave out what is undefined, so that a default is not hidden', () => {
    expect({ a: 'default', ...ownOptions<Options>({ a: undefined }, NAMES) }).toEqual({ a: 'default' });
  });

  it.each([0, '', false, null, Number.NaN])('keep %j, which is not undefined', (value) => {
    expect(Object.is(ownOptions<Options>({ a: value }, NAMES).a, value)).toBe(true);
  });

  it('F81 take nothing from the prototype of what they are made from', () => {
    const given = Object.create({ a: 'inherited' }) as Options;

    expect(ownOptions(given, NAMES).a).toBeUndefined();
  });

  it('F81 are deaf to a polluted Object.prototype, before and after they are made', () => {
    const before = ownOptions<Options>({}, NAMES);
    Object.defineProperty(Object.prototype, 'a', { value: 'evil', configurable: true });

    try {
      expect([before.a, ownOptions<Options>({}, NAMES).a]).toEqual([undefined, undefined]);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'a');
    }
  });

  it('F81 do not let one of them reach the others through what they have in common', () => {
    const prototype: unknown = Object.getPrototypeOf(ownOptions<Options>({}, NAMES));

    expect(Object.isFrozen(prototype)).toBe(true);
    expect(Object.getPrototypeOf(prototype)).toBeNull();
  });

  it('are given back as they are where they are handed in again', () => {
    const kept = ownOptions<Options>({ a: 1 }, NAMES);

    expect(ownOptions(kept, NAMES)).toBe(kept);
  });
});

describe('Options of which none may be overlooked', () => {
  it('are kept as others are', () => {
    const kept = knownOptions<Options>({ a: 1, b: undefined }, NAMES, 'details');

    expect(Object.entries(kept)).toEqual([['a', 1]]);
    expect(knownOptions<Options>(kept, NAMES, 'details')).toBe(kept);
  });

  it('are refused where one is not known, by its name and without its value', () => {
    const given = { a: 1, A: 'secret' };

    expect(() => knownOptions<Options>(given, NAMES, 'details')).toThrow(
      new TypeError('"details" must not hold "A": it takes a, b'),
    );
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['an array', ['a']],
    ['a date', new Date(0)],
    ['an instance', new (class Details {})()],
    ['what inherits its options', Object.create({ a: 1 })],
  ])('are refused where they are %s', (_what, given) => {
    expect(() => knownOptions(given as Options, NAMES, 'details')).toThrow(
      new TypeError('"details" must be a plain object'),
    );
  });
});

describe('Options', () => {
  it.each([undefined, null, 'scopes', 7, true, Symbol('x'), () => undefined])(
    'are refused where they are %s',
    (value) => {
      const refusal = new TypeError('"options" must be an object');

      expect(() => {
        requireOptions(value);
      }).toThrow(refusal);
      expect(() => ownOptions(value as unknown as Options, NAMES)).toThrow(refusal);
    },
  );

  it('may be empty', () => {
    expect(() => {
      requireOptions({});
    }).not.toThrow();
  });
});
