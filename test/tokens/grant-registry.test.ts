import fc from 'fast-check';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from 'credence';
import { sharedGrant } from '../../src/tokens/grant-registry.js';
import { adopt, rotate, succeeded } from '../../src/tokens/grant-spending.js';
import type { Grant, GrantClient } from '../../src/tokens/grant.js';

const CLIENT = { tokenUri: 'https://oauth2.example/token', clientId: 'client' };

afterEach(() => {
  vi.restoreAllMocks();
});

/** Finds grants in a world of its own. */
function newWorld(): (refreshToken: string, client?: GrantClient) => Grant {
  const clock = { ...systemClock };
  return (refreshToken, client = CLIENT) => sharedGrant(refreshToken, client, clock);
}

/** Collects what nobody holds; what was made in a job is held until that is over. */
async function collect(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  await pause(0);
  gc();
  gc();
}

describe('a refresh token', () => {
  it('F28 F48 has one grant in this process, whoever asks for it', () => {
    const clock = { ...systemClock };

    const [one, two] = [sharedGrant('first', CLIENT, clock), sharedGrant('first', { ...CLIENT }, clock)];

    expect(one).toBe(two);
  });

  it('F28 F48 leads to its grant after it was rotated, and so does the new one', () => {
    const grantOf = newWorld();
    const grant = grantOf('first');

    succeeded(grant, 'second');
    rotate(grant, 'third');

    expect(['first', 'second', 'third'].map((token) => grantOf(token) === grant)).toEqual([true, true, true]);
  });

  it('F41 leads to a grant of its own where the one that had it has adopted another', () => {
    const grantOf = newWorld();
    const grant = grantOf('first');

    adopt(grant, 'of somebody else');

    expect(grantOf('first')).not.toBe(grant);
    expect(grantOf('of somebody else')).toBe(grant);
  });

  it.each([{ tokenUri: 'https://elsewhere.example/token' }, { clientId: 'another' }, { tokenUri: undefined }])(
    'has another grant for %j',
    (other) => {
      const grantOf = newWorld();

      expect(grantOf('first', { ...CLIENT, ...other })).not.toBe(grantOf('first'));
    },
  );

  it('has another grant on another clock, so that tests do not meet', () => {
    expect(sharedGrant('first', CLIENT, { ...systemClock })).not.toBe(sharedGrant('first', CLIENT, { ...systemClock }));
  });

  it('that is none has a grant of its own', () => {
    const clock = { ...systemClock };

    const [one, two] = [sharedGrant(undefined, CLIENT, clock), sharedGrant(undefined, CLIENT, clock)];

    expect(one).not.toBe(two);
    expect(one.refreshToken).toBeUndefined();
  });
});

describe('many grants', () => {
  it('are each found by their own refresh tokens, whatever share a place and however often they are rotated', () => {
    const step = fc.record({
      token: fc.integer({ min: 0, max: 60 }),
      next: fc.option(fc.integer({ min: 0, max: 500 })),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const grantOf = newWorld();
        const model = new Map<string, Grant>();

        for (const { token, next } of steps) {
          const grant = grantOf(String(token));
          expect(grant).toBe(model.get(String(token)) ?? grant);
          for (const known of grant.knownTokens) model.set(known, grant);
          if (next !== null && !model.has(`next-${String(next)}`)) rotate(grant, `next-${String(next)}`);
          for (const [known, held] of model)
            if (held === grant && !grant.knownTokens.includes(known)) model.delete(known);
          for (const known of grant.knownTokens) model.set(known, grant);
        }

        for (const [known, grant] of model) expect(grantOf(known)).toBe(grant);
      }),
      { numRuns: 50 },
    );
  });

  it('are kept alive by nobody but their holders, and a dead one is made anew', async () => {
    const grantOf = newWorld();
    const kept = grantOf('kept');
    succeeded(kept, 'kept on');
    let dropped: WeakRef<Grant>[] = [];
    (() => {
      dropped = Array.from({ length: 500 }, (_, index) => new WeakRef(grantOf(`token-${String(index)}`)));
    })();

    await collect();

    expect(dropped.filter((entry) => entry.deref() !== undefined)).toHaveLength(0);
    expect(grantOf('token-7').generation).toBe(0);
    expect([grantOf('kept'), grantOf('kept on')]).toEqual([kept, kept]);
  });
});

it('F78 a grant that is found by its refresh tokens shows none of them', () => {
  const grantOf = newWorld();
  const grant = grantOf('refresh-secret');
  succeeded(grant, 'next-secret');

  expect(inspect(grant, { depth: 20, showHidden: true })).not.toContain('secret');
});

describe('worlds', () => {
  it.each(['by chance', 'where chance is constant'])(
    'may be many with the same refresh token, %s: each finds its own at once',
    (how) => {
      if (how !== 'by chance') vi.spyOn(Math, 'random').mockReturnValue(0.5);
      const worlds = Array.from({ length: 20_000 }, () => newWorld());

      const grants = worlds.map((grantOf) => grantOf('the same'));

      // Where all of them stood in one row, this would take longer than a test may.
      expect(new Set(grants).size).toBe(20_000);
      expect(worlds.every((grantOf, index) => grantOf('the same') === grants[index])).toBe(true);
    },
  );
});
