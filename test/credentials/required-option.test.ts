import { expect, test } from 'vitest';
import { requiredOption } from '../../src/credentials/required-option.js';

test('What is there is given', () => {
  expect(requiredOption({ audience: 'someone' }, 'audience')).toBe('someone');
});

test.each([{}, { audience: undefined }, { audience: '' }, { audience: 7 }, Object.create({ audience: 'inherited' })])(
  'What is missing, empty or no string is a TypeError that names it: %j',
  (options) => {
    expect(() => requiredOption(options as never, 'audience')).toThrow(
      new TypeError('"audience" must be a non-empty string'),
    );
  },
);

test.each([undefined, null, 7])('Options that are none are a TypeError: %j', (options) => {
  expect(() => requiredOption(options as never, 'audience')).toThrow(new TypeError('"options" must be an object'));
});
