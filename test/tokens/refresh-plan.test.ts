import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it } from 'vitest';
import { RefreshError, type MintEvent, type TokenSet } from 'credence';
import { manualClock } from 'credence/testing';
import { launch, type Launch, type RefreshPlan } from '../../src/tokens/refresh-plan.js';
import { tokens } from '../fixtures/scripted-credentials.js';

function aLaunch(overrides: Partial<Launch> = {}): Launch {
  return { clock: manualClock(), reason: 'none', remainingMs: undefined, land: () => true, ...overrides };
}

const plan = (mint: () => Promise<TokenSet>) => (): RefreshPlan => ({ kind: 'Test', principal: 'me', mint });

/** What was told of mints. */
async function mintsDuring(act: () => Promise<unknown>): Promise<MintEvent[]> {
  const told: MintEvent[] = [];
  const note = (event: unknown): void => void told.push(event as MintEvent);
  subscribe('credence:mint', note);
  await act();
  unsubscribe('credence:mint', note);
  return told;
}

describe('a flight by a plan', () => {
  it('gives the tokens when they have landed', async () => {
    const landed: TokenSet[] = [];
    const minted = tokens('x');

    const flight = launch(
      plan(() => Promise.resolve(minted)),
      aLaunch({ land: (set) => landed.push(set) > 0 }),
    );

    expect(await flight.wait()).toBe(minted);
    expect(landed).toEqual([minted]);
  });

  it('tells observers of a mint with its lifetime, and of none where a newer one has landed', async () => {
    const clock = manualClock();
    const mint = plan(() => Promise.resolve(tokens('x', clock.now() + 60_000)));

    const told = await mintsDuring(async () => {
      await launch(mint, aLaunch({ clock })).wait();
      await launch(mint, aLaunch({ clock, land: () => false })).wait();
    });

    expect(told).toEqual([{ kind: 'Test', principal: 'me', lifetimeMs: 60_000, expiryAssumed: false }]);
  });

  it('F53 F82 fails where the plan cannot be made, and not whoever started it', async () => {
    const flight = launch(() => {
      throw new RangeError('no plan');
    }, aLaunch());

    await expect(flight.settled).rejects.toThrow('no plan');
  });

  it('F82 turns what the source throws, or gives instead of tokens, into a RefreshError', async () => {
    const thrown = launch(
      plan(() => Promise.reject(new RangeError('x'))),
      aLaunch(),
    );
    const given = launch(
      plan(() => Promise.resolve(JSON.parse('{}') as TokenSet)),
      aLaunch(),
    );

    await expect(thrown.settled).rejects.toThrow(RefreshError);
    await expect(given.settled).rejects.toThrow('fetchToken() of Test must give a TokenSet.');
  });
});
