import { expect, test } from 'vitest';
import { requireNumber, requireText } from '../../src/testing/arguments.js';
import type { Checks } from '../../src/testing/option-reading.js';
import { readOptions } from '../../src/testing/option-reading.js';

interface Options {
  readonly name?: string | undefined;
  readonly size?: number | undefined;
}

const CHECKS: Checks<Options> = { name: requireText, size: requireNumber };

test('options are copied and frozen, without those that are undefined', () => {
  const options = { name: 'a', size: undefined };

  const own = readOptions<Options>(options, CHECKS);

  expect(Object.entries(own)).toEqual([['name', 'a']]);
  expect(own).not.toBe(options);
  expect(Object.isFrozen(own)).toBe(true);
});

test.each<[unknown, string]>([
  [null, '"options" must be a plain object'],
  ['name', '"options" must be a plain object'],
  [[], '"options" must be a plain object'],
  [new Date(), '"options" must be a plain object'],
  [{ Name: 'a' }, '"options" must not hold "Name": it takes name, size'],
  [{ name: 'a', size: 'secret' }, '"size" must be a finite number'],
])('%j is refused with a TypeError that names it', (options, message) => {
  expect(() => readOptions(options as Options, CHECKS)).toThrow(new TypeError(message));
});

test('errors call options that stand inside others by where they stand', () => {
  const read = (options: unknown): unknown => readOptions(options as Options, CHECKS, 'all[0]', 'all[0].');

  expect(() => read(7)).toThrow(new TypeError('"all[0]" must be a plain object'));
  expect(() => read({ name: '' })).toThrow(new TypeError('"all[0].name" must be a non-empty string'));
});
