import { describe, expect, it } from 'vitest';
import { AccessToken, TokenSet } from 'credence';
import { manualClock } from 'credence/testing';
import { Flight, FLIGHT_TIMEOUT_MS } from '../../src/tokens/flight.js';

const set = new TokenSet({ accessToken: new AccessToken('x') });

describe('a flight', () => {
  it('begins its work after its maker holds it, and gives what comes of it', async () => {
    let begun = false;
    const flight = new Flight(manualClock(), () => {
      begun = true;
      return Promise.resolve(set);
    });

    expect(begun).toBe(false);

    expect(await flight.settled).toBe(set);
  });

  it('F5 ends with timed_out when its time is up, and tells its work by the signal', async () => {
    const clock = manualClock();
    const flight = new Flight(clock, () => new Promise(() => undefined));
    const ended = flight.wait().catch((error: unknown) => error);

    await clock.advance(FLIGHT_TIMEOUT_MS);

    expect(await ended).toMatchObject({ code: 'timed_out', retryable: true });
    expect(flight.signal.aborted).toBe(true);
  });

  it('leaves no timer behind, whichever way it ends', async () => {
    const clock = manualClock();

    await new Flight(clock, () => Promise.resolve(set)).settled;
    await new Flight(clock, () => Promise.reject(new Error('x'))).settled.catch(() => undefined);
    await clock.advance(0);

    expect(clock.pending).toBe(0);
  });

  it('is awaited from the first waiter on, and an abort ends one wait only', async () => {
    const flight = new Flight(manualClock(), () => Promise.resolve(set));
    const abort = new AbortController();
    expect(flight.awaited).toBe(false);

    const leaving = flight.wait(abort.signal);
    abort.abort('gone');

    expect(flight.awaited).toBe(true);
    await expect(leaving).rejects.toBe('gone');
    expect(await flight.wait()).toBe(set);
  });
});
