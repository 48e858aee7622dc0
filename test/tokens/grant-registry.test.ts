import fc from 'fast-check';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { systemClock } from 'credence';
import { GrantRegistry, sharedGrant } from '../../src/tokens/grant-registry.js';
import type { Grant } from '../../src/tokens/grant.js';

const CLIENT = { tokenUri: 'https://oauth2.example/token', clientId: 'client' };

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
    const registry = new GrantRegistry();
    const grant = registry.grantOf('first', CLIENT);

    grant.succeeded('second');
    grant.rotate('third');

    expect(['first', 'second', 'third'].map((token) => registry.grantOf(token, CLIENT) === grant)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('F41 leads to a grant of its own where the one that had it has adopted another', () => {
    const registry = new GrantRegistry();
    const grant = registry.grantOf('first', CLIENT);

    grant.replace('of somebody else');

    expect(registry.grantOf('first', CLIENT)).not.toBe(grant);
    expect(registry.grantOf('of somebody else', CLIENT)).toBe(grant);
  });

  it.each([{ tokenUri: 'https://elsewhere.example/token' }, { clientId: 'another' }, { tokenUri: undefined }])(
    'has another grant for %j',
    (other) => {
      const registry = new GrantRegistry();

      expect(registry.grantOf('first', { ...CLIENT, ...other })).not.toBe(registry.grantOf('first', CLIENT));
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
        const registry = new GrantRegistry();
        const model = new Map<string, Grant>();

        for (const { token, next } of steps) {
          const grant = registry.grantOf(String(token), CLIENT);
          expect(grant).toBe(model.get(String(token)) ?? grant);
          for (const known of grant.knownTokens) model.set(known, grant);
          if (next !== null && !model.has(`next-${String(next)}`)) grant.rotate(`next-${String(next)}`);
          for (const [known, held] of model)
            if (held === grant && !grant.knownTokens.includes(known)) model.delete(known);
          for (const known of grant.knownTokens) model.set(known, grant);
        }

        for (const [known, grant] of model) expect(registry.grantOf(known, CLIENT)).toBe(grant);
      }),
      { numRuns: 50 },
    );
  });

  it('are kept alive by nobody but their holders, and a dead one is made anew', async () => {
    const registry = new GrantRegistry();
    const kept = registry.grantOf('kept', CLIENT);
    kept.succeeded('kept on');
    let dropped: WeakRef<Grant>[] = [];
    (() => {
      dropped = Array.from(
        { length: 500 },
        (_, index) => new WeakRef(registry.grantOf(`token-${String(index)}`, CLIENT)),
      );
    })();

    await collect();

    expect(dropped.filter((entry) => entry.deref() !== undefined)).toHaveLength(0);
    expect(registry.grantOf('token-7', CLIENT).generation).toBe(0);
    expect([registry.grantOf('kept', CLIENT), registry.grantOf('kept on', CLIENT)]).toEqual([kept, kept]);
  });
});

it('F78 a registry shows no refresh token', () => {
  const registry = new GrantRegistry();
  const grant = registry.grantOf('refresh-secret', CLIENT);
  grant.succeeded('next-secret');

  expect(inspect([registry, grant], { depth: 20, showHidden: true })).not.toContain('secret');
});
