import { expect, test } from 'vitest';
import { Places } from '../../../src/server/queues/places.js';

function taken(count: number, at: number): { places: Places; holders: object[] } {
  const places = new Places();
  const holders = Array.from({ length: count }, () => ({}));
  for (const holder of holders) places.take(holder, at);
  return { places, holders };
}

test('There are a hundred and twenty-eight.', () => {
  expect(taken(127, 1_000).places.freeAt(1_000)).toBe(1_000);
  expect(taken(128, 1_000).places.freeAt(1_000)).toBe(1_250);
});

test('One that is given back is free at once, and can be given back twice.', () => {
  const { places, holders } = taken(128, 0);

  places.leave(holders[64]!);
  places.leave(holders[64]!);

  expect(places.freeAt(0)).toBe(0);
  places.take({}, 0);
  expect(places.freeAt(0)).toBe(250);
});

test('F5 One that is held for longer than a moment is free again, whoever took it first.', () => {
  const places = new Places();
  for (let at = 0; at < 128; at += 1) places.take({}, at);

  expect(places.freeAt(249)).toBe(250);
  expect(places.freeAt(250)).toBe(250);
  places.take({}, 250);
  expect(places.freeAt(250)).toBe(251);
});
