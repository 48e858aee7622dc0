import { expect, it } from 'vitest';
import { nameClasses } from '../../src/base/class-name.js';

it('fixes the names of classes, and leaves those of their subclasses to them', () => {
  const Kind = class Renamed {};
  const Other = class RenamedToo {};
  nameClasses({ Kind, Other });

  class Own extends Kind {}

  expect([Kind.name, Other.name]).toEqual(['Kind', 'Other']);
  expect(Own.name).toBe('Own');
});
