import { expect, test } from 'vitest';
import { serverOptions, type TokenServerOptions } from '../../src/server/server-options.js';

test('Options are copied: what the caller changes later changes nothing.', () => {
  const options = { name: 'n', maxRetries: 1 };
  const own = serverOptions(options);

  options.maxRetries = 2;

  expect(own.maxRetries).toBe(1);
  expect(Object.isFrozen(own)).toBe(true);
});

test.each<[string, object]>([
  ['options', []],
  ['name', {}],
  ['name', { name: '' }],
  ['name', { name: 5 }],
  ['prefetch', { name: 'n', prefetch: true }],
  ['clock', { name: 'n', clock: {} }],
  ['request', { name: 'n', request: {} }],
  ['refreshbeforems', { name: 'n', refreshbeforems: 5 }],
])('A wrong %s is a TypeError that names it: %j.', (name, options) => {
  expect(() => serverOptions(options as TokenServerOptions)).toThrow(TypeError);
  expect(() => serverOptions(options as TokenServerOptions)).toThrow(`"${name}"`);
});
