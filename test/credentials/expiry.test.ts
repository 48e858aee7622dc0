import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { expiresAtOf } from '../../src/credentials/expiry.js';

it('gives the instant of a date, and nothing for none', () => {
  expect(expiresAtOf(new Date(1_234), 'expiry')).toBe(1_234);
  expect(expiresAtOf(undefined, 'expiry')).toBeUndefined();
});

it('takes a date of another realm', () => {
  expect(expiresAtOf(runInNewContext('new Date(5)') as Date, 'expiry')).toBe(5);
});

it.each([5, 'tomorrow', new Date(NaN), {}, null])('refuses %s by the argument’s name', (value) => {
  expect(() => expiresAtOf(value as never, 'expiry')).toThrow(/"expiry" must be a valid Date/);
});
