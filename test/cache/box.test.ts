import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Box, unboxed } from '../../src/cache/box.js';

test('A value comes out as it went in', () => {
  const value = { token: 'ya29.secret' };

  expect(unboxed(new Box(value, 5))).toBe(value);
  expect(unboxed(new Box(null, 5))).toBeNull();
});

test('F78 A box shows when it ends, and has no member that leads to the value', () => {
  const box = new Box('ya29.secret', 5);

  const shown = [inspect(box, { showHidden: true, getters: true }), JSON.stringify(box), inspect(structuredClone(box))];
  const members = [box, Object.getPrototypeOf(box), box.constructor].flatMap((part) => Reflect.ownKeys(part));

  expect(shown.join()).not.toContain('ya29');
  expect(JSON.parse(shown[1]!)).toEqual({ expiresAt: 5 });
  expect(members.sort()).toEqual(['constructor', 'expiresAt', 'length', 'name', 'prototype']);
});
