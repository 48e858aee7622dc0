import { expect, it } from 'vitest';
import { nameClass } from '../../src/base/class-name.js';

it('fixes the name of a class, and leaves that of its subclasses to them', () => {
  const Kind = class Renamed {};
  nameClass(Kind, 'Kind');

  class Own extends Kind {}

  expect(Kind.name).toBe('Kind');
  expect(Own.name).toBe('Own');
});
