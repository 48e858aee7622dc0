import { describe, expect, it } from 'vitest';
import {
  fitting,
  isText,
  oneOf,
  ofType,
  optional,
  requireCount,
  requireEndpoint,
  requiredOption,
  requireText,
} from '../../src/base/option-rules.js';

describe('A rule', () => {
  it('gives back what fits, and says of anything else what it must be, without quoting it', () => {
    expect(fitting('good', 'x', true, 'a good one')).toBe('good');
    expect(() => fitting('secret', 'x', false, 'a good one')).toThrow(new TypeError('"x" must be a good one'));
  });

  it('takes one of two words', () => {
    const rule = oneOf('one', 'two');

    expect([rule('one', 'x'), rule('two', 'x')]).toEqual(['one', 'two']);
    for (const value of ['One', '', null, undefined, ['one']])
      expect(() => rule(value as never, 'x')).toThrow(new TypeError('"x" must be "one" or "two"'));
  });
});

describe('An option that may be left out', () => {
  it('is judged where it is not', () => {
    const rule = optional<string, string>(requireText);

    expect(['text', undefined].map((value) => rule(value, 'x') ?? 'nothing')).toEqual(['text', 'nothing']);
    for (const value of ['', null, 0]) expect(() => rule(value as never, 'x')).toThrow(/^"x" must be/);
  });

  it('has something else in its place, which is not judged', () => {
    expect(optional<string, string>(requireText, '')(undefined, 'x')).toBe('');
    expect(() => optional<string, string>(requireText, '')(null as never, 'x')).toThrow(TypeError);
  });
});

it.each<[(value: unknown, name: string) => unknown, unknown[], unknown[], string]>([
  [ofType('boolean'), [true, false], [undefined, null, 0, 'true'], 'a boolean'],
  [ofType('function'), [(): number => 0, class {}], [undefined, null, {}], 'a function'],
  [ofType('string'), ['', 'text'], [undefined, null, 7, new String('text')], 'a string'],
  [requireText, ['text', ' '], [undefined, null, 7, '', []], 'a non-empty string'],
  [requireCount, [1, 1000], [undefined, null, 0, -1, 1.5, NaN, Infinity, '1', 2 ** 53], 'a positive whole number'],
])('%o takes %j, and of %j says that it must be %s', (rule, right, wrong, be) => {
  for (const value of right) expect(rule(value, 'x')).toBe(value);
  for (const value of wrong) expect(() => rule(value, 'x')).toThrow(new TypeError(`"x" must be ${be}`));
});

it('F67 An endpoint is kept in its normal spelling, and refused by the name of the option', () => {
  expect(requireEndpoint('https://Example.com', 'tokenUri')).toBe('https://example.com/');
  expect(() => requireEndpoint('http://example.com/', 'tokenUri')).toThrow(
    expect.objectContaining({ code: 'endpoint_refused', message: expect.stringContaining('"tokenUri"') }),
  );
});

it('A text is a string that is not empty', () => {
  expect(['a', '', undefined, ['a']].map(isText)).toEqual([true, false, false, false]);
});

describe('An option that a factory does not do without', () => {
  it('is given where it is there', () => {
    expect(requiredOption({ audience: 'someone' }, 'audience')).toBe('someone');
  });

  it.each([{}, { audience: undefined }, { audience: '' }, { audience: 7 }, Object.create({ audience: 'inherited' })])(
    'is named by a TypeError where it is missing, empty or no string: %j',
    (options) => {
      expect(() => requiredOption(options as never, 'audience')).toThrow(
        new TypeError('"audience" must be a non-empty string'),
      );
    },
  );

  it.each([undefined, null, 7])('is looked for in no options that are none: %j', (options) => {
    expect(() => requiredOption(options as never, 'audience')).toThrow(new TypeError('"options" must be an object'));
  });
});
