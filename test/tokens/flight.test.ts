import { describe, expect, it } from 'vitest';
import { AccessToken, systemClock, TokenSet, type RefreshError } from 'credence';
import { manualClock } from 'credence/testing';
import { Flight, FLIGHT_TIMEOUT_MS } from '../../src/tokens/flight.js';
import { heldBy } from '../fixtures/held-process.js';

const set = new TokenSet({ accessToken: new AccessToken('x') });
const never = (): Promise<TokenSet> => new Promise(() => undefined);

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

  it('F53 F82 fails, and hangs nobody, where the clock cannot schedule', async () => {
    const broken = new Error('no timers left');
    const wrong = { ...systemClock, schedule: () => 7 as never };
    const throwing = {
      ...systemClock,
      schedule: () => {
        throw broken;
      },
    };

    await expect(new Flight(throwing, never).settled).rejects.toBe(broken);
    await expect(new Flight(wrong, never).settled).rejects.toThrow('"schedule" of the clock must give a function');
  });

  it('F5 ends with timed_out when its time is up, and tells its work by the signal', async () => {
    const clock = manualClock();
    const flight = new Flight(clock, never);
    const { signal } = flight;
    const ended = flight.wait().catch((error: unknown) => error);

    await clock.advance(FLIGHT_TIMEOUT_MS);

    expect(await ended).toMatchObject({ code: 'timed_out', retryable: true });
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toBe(await ended);
  });

  it('F5 shows an aborted signal to work that asks for one when its time is up', async () => {
    const clock = manualClock();
    const flight = new Flight(clock, never);
    flight.settled.catch(() => undefined);

    await clock.advance(FLIGHT_TIMEOUT_MS);

    expect((flight.signal.reason as RefreshError).code).toBe('timed_out');
  });

  it('leaves no timer behind, whichever way it ends and whoever waits', async () => {
    const clock = manualClock();

    await new Flight(clock, () => Promise.resolve(set)).settled;
    await new Flight(clock, () => Promise.resolve(set)).wait();
    await new Flight(clock, () => Promise.reject(new Error('x'))).settled.catch(() => undefined);
    await clock.advance(0);

    expect(clock.pending).toBe(0);
  });

  it('F55 is awaited while somebody waits, and an abort ends one wait only', async () => {
    const flight = new Flight(manualClock(), () => Promise.resolve(set));
    const abort = new AbortController();
    const before = flight.awaited;

    const leaving = [flight.wait(abort.signal), flight.wait(abort.signal)];
    const during = flight.awaited;
    abort.abort('gone');

    expect([before, during, flight.awaited]).toEqual([false, true, false]);
    for (const left of leaving) await expect(left).rejects.toBe('gone');
    expect(await flight.wait()).toBe(set);
    expect(flight.awaited).toBe(true);
  });

  it('is not awaited by who follows it', async () => {
    const flight = new Flight(manualClock(), () => Promise.resolve(set));

    const following = flight.follow();

    expect(flight.awaited).toBe(false);
    expect(await following).toBe(set);
  });

  it('knows the instant at which the wall clock was the furthest ahead', () => {
    const clock = manualClock();
    const flight = new Flight(clock, never);
    clock.stepWall(60_000);
    flight.lookAtClocks();
    const ahead = { wall: clock.now(), monotonic: clock.monotonic() };

    clock.stepWall(-60_000);
    flight.lookAtClocks();

    expect(flight.furthestAhead).toEqual(ahead);
  });
});

describe('a source that asks its own credentials', () => {
  it('is refused before it first awaits something, since it would wait for itself', async () => {
    const flight = new Flight(manualClock(), () => Promise.resolve(set));

    const asked = flight.calling(() => [flight.wait(), flight.follow()]);

    for (const one of asked) await expect(one).rejects.toMatchObject({ code: 'source_failed', retryable: false });
    expect(await flight.wait()).toBe(set);
  });
});

describe('the process', () => {
  it.each([
    ['the machine’s clock', systemClock],
    ['a clock of one’s own', { ...manualClock(), sleep: () => Promise.reject(new Error('it does not sleep')) }],
  ])('F54 F82 is held by a flight on %s while somebody waits, and not otherwise', async (_, clock) => {
    const before = heldBy();
    let land: (tokens: TokenSet) => void = () => undefined;
    const flight = new Flight(clock, () => new Promise((resolve) => (land = resolve)));
    const abort = new AbortController();
    const held: number[] = [heldBy()];

    const leaving = flight.wait(abort.signal);
    held.push(heldBy());
    abort.abort('gone');
    held.push(heldBy());
    const staying = flight.wait();
    held.push(heldBy());
    await expect(leaving).rejects.toBe('gone');
    land(set);
    await staying;
    await Promise.resolve();

    expect([...held, heldBy()].map((timers) => timers - before)).toEqual([0, 1, 0, 1, 0]);
  });

  it('F27 is held once, however many wait', async () => {
    const before = heldBy();
    let land: (tokens: TokenSet) => void = () => undefined;
    const flight = new Flight(systemClock, () => new Promise((resolve) => (land = resolve)));

    const waiting = Array.from({ length: 1_000 }, () => flight.wait());

    expect(heldBy() - before).toBe(1);
    await Promise.resolve();
    land(set);
    await Promise.all(waiting);
  });
});
