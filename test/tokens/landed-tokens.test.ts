import { describe, expect, it } from 'vitest';
import { manualClock } from 'credence/testing';
import { Flight } from '../../src/tokens/flight.js';
import { heldFromFlight } from '../../src/tokens/landed-tokens.js';
import { tokens } from '../fixtures/scripted-credentials.js';

const flightOn = (clock: ReturnType<typeof manualClock>): Flight =>
  new Flight(clock, () => new Promise(() => undefined));

describe('tokens that a flight brought', () => {
  it('F20 live from its start on', async () => {
    const clock = manualClock();
    const flight = flightOn(clock);
    const expiresAt = clock.now() + 100_000;
    await clock.advance(5_000);

    const held = heldFromFlight(tokens('x', expiresAt), flight, clock);

    expect(held).toMatchObject({ expiresAt, monotonicExpiresAt: 100_000, windowMs: 25_000, since: 0 });
    expect(held.life).toBe(held);
  });

  it('F18 are refused where they have ended before', async () => {
    const clock = manualClock();
    const flight = flightOn(clock);
    await clock.advance(5_000);

    expect(() => heldFromFlight(tokens('x', clock.now()), flight, clock)).toThrow(
      expect.objectContaining({ code: 'token_already_expired', nextAttemptAt: clock.now() + 1_000 }) as Error,
    );
  });

  it('F49 F50 live no longer where the wall clock stepped forward before they were asked for, and back before they came', async () => {
    const clock = manualClock();
    const flight = flightOn(clock);
    clock.stepWall(3_600_000);
    flight.lookAtClocks();
    const expiresAt = clock.now() + 600_000;
    await clock.advance(1_000);
    clock.stepWall(-3_600_000);

    const held = heldFromFlight(tokens('x', expiresAt), flight, clock);

    expect(held.monotonicExpiresAt).toBe(600_000);
  });
});
