import { describe, expect, it } from 'vitest';
import { judgedOptions, knownOptions, namesOf, ownOptions, type Rules } from '../../src/base/option-record.js';

interface Options {
  readonly a?: unknown;
  readonly b?: unknown;
}

const NAMES = ['a', 'b'] as const;

const RULES: Rules<Options> = { a: (value) => value, b: (value) => value };

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

describe('Judged options', () => {
  it('are what the rules give, by the names of the rules, frozen', () => {
    const rules: Rules<Options> = { b: (value, name) => `${name}: ${String(value)}`, a: () => undefined };

    const judged = judgedOptions(Object.freeze({ a: 1, b: 2, unknown: 3 }), rules);

    expect(Object.entries(judged)).toEqual([['b', 'b: 2']]);
    expect(Object.isFrozen(judged)).toBe(true);
  });

  it('are judged where they are left out too, so that a rule can ask for one, or put something in its place', () => {
    const rules: Rules<Options> = { ...RULES, b: (value = 'default') => value };

    expect(judgedOptions({ a: undefined }, rules)).toEqual({ b: 'default' });
  });

  it('F81 take nothing from a prototype, and inherit nothing', () => {
    const judged = judgedOptions(Object.create({ a: 'inherited' }) as Options, RULES);
    Object.defineProperty(Object.prototype, 'b', { value: 'evil', configurable: true });

    try {
      expect([judged.a, judged.b, judgedOptions({}, RULES).b]).toEqual([undefined, undefined, undefined]);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'b');
    }
  });

  it('are judged again where they are handed in again: another kind has other rules', () => {
    const rules: Rules<Options> = { a: (value) => Number(value) + 1, b: (value) => value };

    expect(judgedOptions(judgedOptions({ a: 1 }, rules), rules)).toEqual({ a: 3 });
    expect(ownOptions(judgedOptions({ a: 1, b: 2 }, rules), NAMES)).toEqual({ a: 2, b: 2 });
  });

  it('have the names of their rules', () => {
    expect(namesOf(RULES)).toEqual(['a', 'b']);
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

      expect(() => judgedOptions(value as unknown as Options, RULES)).toThrow(refusal);
      expect(() => ownOptions(value as unknown as Options, NAMES)).toThrow(refusal);
    },
  );

  it('may be empty', () => {
    expect(Object.keys(judgedOptions({}, RULES))).toEqual([]);
  });
});
