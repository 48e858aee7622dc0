import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { inspectAs } from '../../src/base/redacted.js';

class Holder {
  readonly label: string = 'mine';
  readonly password = 'hunter2-the-secret';

  static {
    inspectAs(this, (self) => `[redacted ${self.label}]`);
  }
}

class Special extends Holder {
  override readonly label = 'special';
}

describe('An object that holds a secret', () => {
  it.each([{}, { showHidden: true }, { depth: 9 }, { colors: true }, { compact: false, getters: true }])(
    'F78 shows what it is told to, and no more, to util.inspect with %j',
    (options) => {
      expect(inspect(new Holder(), options)).toBe('[redacted mine]');
      expect(inspect({ deep: [new Holder()] }, { depth: 9, ...options })).not.toContain('hunter2');
    },
  );

  it('F78 hands that on to its subclasses, each for itself', () => {
    expect(inspect(new Special())).toBe('[redacted special]');
  });

  it('gains no property that copying or looping over it would meet', () => {
    const names: string[] = [];
    for (const name in new Holder()) names.push(name);

    expect(names).toEqual(['label', 'password']);
    expect(Object.getOwnPropertySymbols({ ...new Holder() })).toEqual([]);
  });
});
