import { expect, test } from 'vitest';
import { SigningKeys } from '../../../src/testing/keys/signing-keys.js';

test('a key is published once somebody needs it, and the emulators of a process begin with the same', async () => {
  const [one, other] = [new SigningKeys(), new SigningKeys()];
  const before = one.published;

  const keys = await Promise.all([one.current(), one.current(), other.current()]);

  expect(before).toEqual([]);
  expect(new Set(keys).size).toBe(1);
  expect(one.published).toEqual([keys[0]]);
});

test('after a rotation the new key signs, and the one before it stays published until the next', async () => {
  const keys = new SigningKeys();
  const first = await keys.current();

  const second = await keys.rotate(true);
  const afterOne = keys.published;
  const third = await keys.rotate(true);

  expect(afterOne).toEqual([second, first]);
  expect(keys.published).toEqual([third, second]);
  expect(await keys.current()).toBe(third);
});

test('a rotation that keeps nothing leaves the new key alone', async () => {
  const keys = new SigningKeys();
  await keys.current();

  const fresh = await keys.rotate(false);

  expect(keys.published).toEqual([fresh]);
});
