import { describe, expect, it } from 'vitest';
import { manualClock } from 'credence/testing';
import { heldFromStart } from '../../src/tokens/held-tokens.js';
import { tokens } from '../fixtures/scripted-credentials.js';

describe('tokens that are held from the start', () => {
  it('are of unknown lifetime, so that the whole window counts', () => {
    const clock = manualClock();

    const held = heldFromStart(tokens('x', clock.now() + 10_000), clock);

    expect(held).toMatchObject({
      expiresAt: clock.now() + 10_000,
      monotonicExpiresAt: 10_000,
      windowMs: 225_000,
      since: 0,
    });
    expect(Object.isFrozen(held)).toBe(true);
  });

  it('may never end', () => {
    const held = heldFromStart(tokens('x'), manualClock());

    expect([held.life, held.expiresAt]).toEqual([undefined, Infinity]);
  });
});
