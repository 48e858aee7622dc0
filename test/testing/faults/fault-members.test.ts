import { expect, test } from 'vitest';
import type { Check } from '../../../src/testing/arguments.js';
import { FAULT_CHECKS, membersOf } from '../../../src/testing/faults/fault-members.js';

test.each<[string, unknown, string]>([
  ['status', 503.5, 'an integer from 200 to 599'],
  ['headers', 'retry-after: 5', 'an object'],
  ['body', 5, 'a string or an object'],
  ['body', null, 'a string or an object'],
  ['hang', 'now', "one of true, 'before', 'after'"],
  ['html', false, 'true'],
  ['redirect', '', 'a non-empty string'],
  ['gzip', 'yes', 'a boolean'],
])('"%s" refuses %j', (name, value, expected) => {
  const checks: Readonly<Record<string, Check>> = FAULT_CHECKS;

  expect(() => checks[name]?.(name, value)).toThrow(new TypeError(`"${name}" must be ${expected}`));
});

test('headers are strings, as servers send them', () => {
  expect(() => FAULT_CHECKS.headers('headers', { 'retry-after': '5' })).not.toThrow();
  expect(() => FAULT_CHECKS.headers('headers', { 'retry-after': 5 })).toThrow(
    new TypeError('"headers.retry-after" must be a string'),
  );
});

test('any fault may be late, and only some have companions', () => {
  expect(membersOf('status')).toEqual(['status', 'headers', 'body', 'delayMs']);
  expect(membersOf('hang')).toEqual(['hang', 'delayMs']);
});
