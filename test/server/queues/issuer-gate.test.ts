import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it, vi } from 'vitest';
import { RefreshError, type RefreshErrorOptions } from 'credence';
import { manualClock } from 'credence/testing';
import { IssuerGate, type Entrant } from '../../../src/server/queues/issuer-gate.js';
import { PassedTime } from '../../../src/server/queues/passed-time.js';
import { Places } from '../../../src/server/queues/places.js';
import { Scheduler } from '../../../src/server/queues/scheduler.js';
import { HOUR_MS, MINUTE_MS } from '../../fixtures/token-server.js';

function aGate() {
  const clock = manualClock();
  const time = new PassedTime(clock);
  const scheduler = new Scheduler(clock, time, { prompt: new Places(), patient: new Places() });
  const onIdle = vi.fn();
  const gate = new IssuerGate('issuer', { clock, time, scheduler, onIdle });
  return { clock, time, scheduler, gate, onIdle };
}

type Gate = ReturnType<typeof aGate>;

/** Somebody who enters as soon as the gate lets them go on. */
function anEntrant({ gate, time }: Gate) {
  const entered = vi.fn();
  const entrant = {
    rank: time.now(),
    place: -1,
    refuse: vi.fn(),
    onDue: (): void => {
      if (gate.enter(false)) entered();
      else gate.queue(entrant, entrant.rank);
    },
  } satisfies Entrant;
  return { entrant, entered };
}

function down(options: RefreshErrorOptions = {}): RefreshError {
  return new RefreshError('server_unavailable', 'down', { retryable: true, ...options });
}

function enterAll({ gate }: Gate): number {
  let entered = 0;
  while (gate.enter(false)) entered += 1;
  return entered;
}

function leaveAll({ gate, time }: Gate, count: number, error?: RefreshError): void {
  const at = time.now();
  for (let left = 0; left < count; left += 1) gate.leave(error, at);
}

describe('a gate', () => {
  it('lets thirty-two in at once while all is well, and the next as one leaves', async () => {
    const all = aGate();
    const inside = enterAll(all);
    const { entrant, entered } = anEntrant(all);
    all.gate.queue(entrant, all.time.now());

    all.gate.leave(undefined, all.time.now());
    await all.clock.advance(0);

    expect(inside).toBe(32);
    expect(entered).toHaveBeenCalledTimes(1);
  });

  it('F45 lets tens in while its issuer is down, however many want to', async () => {
    const all = aGate();
    let entered = enterAll(all);
    leaveAll(all, entered, down());

    for (let seconds = 0; seconds < 60; seconds += 1) {
      await all.clock.advance(1_000);
      const now = enterAll(all);
      leaveAll(all, now, down());
      entered += now;
    }

    expect(entered).toBeLessThanOrEqual(32 + 13);
    expect(entered).toBeGreaterThan(32 + 8);
  });

  it('F45 lets more in with each success after an outage', async () => {
    const all = aGate();
    leaveAll(all, enterAll(all), down());
    await all.clock.advance(5_000);

    const rounds: number[] = [];
    while (rounds.at(-1) !== 32) {
      rounds.push(enterAll(all));
      leaveAll(all, rounds.at(-1)!);
    }

    expect(rounds[0]).toBe(1);
    expect(rounds.length).toBeGreaterThan(3);
    expect(rounds).toEqual([...rounds].sort((a, b) => a - b));
  });

  it('F2 stays open while a fifth of all attempts fails', async () => {
    const all = aGate();

    for (let count = 0; count < 500; count += 1) {
      expect(all.gate.enter(false)).toBe(true);
      all.gate.leave(count % 5 === 0 ? down() : undefined, all.time.now());
    }

    expect(all.gate.holdOff).toBeUndefined();
  });

  it('F3 is closed for as long as the issuer asks, and lets one go first afterwards', async () => {
    const all = aGate();
    const error = new RefreshError('rate_limited', 'x', { retryable: true, nextAttemptAt: all.clock.now() + 60_000 });
    all.gate.enter(false);
    all.gate.leave(error, all.time.now());

    const holdOff = all.gate.holdOff;

    expect(holdOff?.error).toBe(error);
    expect(holdOff!.until - all.time.now()).toBeGreaterThanOrEqual(60_000);
    expect(holdOff!.until - all.time.now()).toBeLessThan(60_500);
    expect(all.gate.enter(false)).toBe(false);
    await all.clock.advance(60_500);
    expect(enterAll(all)).toBe(1);
  });

  it('F3 is not opened by an answer to what was asked before, nor by another failure', async () => {
    const all = aGate();
    const early = all.time.now();
    enterAll(all);
    await all.clock.advance(10);
    all.gate.leave(down({ nextAttemptAt: all.clock.now() + MINUTE_MS }), early);

    all.gate.leave(undefined, early);
    all.gate.leave(down(), early);

    expect(all.gate.holdOff!.until - all.time.now()).toBeGreaterThanOrEqual(MINUTE_MS);
  });

  it('lets whoever is forced in, and is opened by a success that began after the failure', async () => {
    const all = aGate();
    all.gate.enter(false);
    all.gate.leave(down({ nextAttemptAt: all.clock.now() + HOUR_MS }), all.time.now());
    await all.clock.advance(10);

    expect(all.gate.enter(true)).toBe(true);
    all.gate.leave(undefined, all.time.now());

    expect(all.gate.holdOff).toBeUndefined();
  });

  it('is closed for a refused client for a minute, growing to a quarter of an hour, with one at a time in between', async () => {
    const all = aGate();
    const error = new RefreshError('request_refused', 'x', { oauthError: 'invalid_client' });
    const waits: number[] = [];

    for (let round = 0; round < 7; round += 1) {
      const inside = round === 0 ? Number(all.gate.enter(false)) : enterAll(all);
      expect(inside).toBe(1);
      all.gate.leave(error, all.time.now());
      waits.push(all.gate.holdOff!.until - all.time.now());
      await all.clock.advance(waits.at(-1)!);
    }

    expect(waits.map((ms) => ms / MINUTE_MS)).toEqual([1, 2, 4, 8, 15, 15, 15]);
  });

  it('is left alone by failures of one token', () => {
    const all = aGate();

    for (let count = 0; count < 100; count += 1) {
      all.gate.enter(false);
      all.gate.leave(new RefreshError('invalid_grant', 'x'), all.time.now());
    }

    expect(all.gate.holdOff).toBeUndefined();
  });

  it('tells those who wait when it closes, and observers once', async () => {
    const notices: unknown[] = [];
    const note = (message: unknown): void => void notices.push(message);
    subscribe('credence:notice', note);
    const all = aGate();
    const inside = enterAll(all);
    const { entrant, entered } = anEntrant(all);
    all.gate.queue(entrant, all.time.now());

    leaveAll(all, inside, down());
    await all.clock.advance(5_000);
    leaveAll(all, 1, down());
    unsubscribe('credence:notice', note);

    expect(entrant.refuse).toHaveBeenCalledTimes(1);
    expect(entered).toHaveBeenCalledTimes(1);
    expect(notices).toEqual([expect.objectContaining({ name: 'issuer_held_off', code: 'server_unavailable' })]);
  });

  it('opens by itself for those who wait, oldest first', async () => {
    const all = aGate();
    leaveAll(all, enterAll(all), down());
    const [younger, older] = [anEntrant(all), anEntrant(all)];
    all.gate.queue(younger.entrant, 200);
    all.gate.queue(older.entrant, 100);

    await all.clock.advance(5_000);

    expect(older.entered).toHaveBeenCalledTimes(1);
    expect(younger.entered).not.toHaveBeenCalled();
    expect(all.gate.holds(younger.entrant)).toBe(true);
  });

  it('forgets who withdraws', async () => {
    const all = aGate();
    leaveAll(all, enterAll(all), down());
    const { entrant, entered } = anEntrant(all);
    all.gate.queue(entrant, all.time.now());

    all.gate.withdraw(entrant);
    await all.clock.advance(MINUTE_MS);

    expect(entered).not.toHaveBeenCalled();
  });

  it('F58 is given up once nothing is left of past failures', async () => {
    const all = aGate();
    all.gate.enter(false);
    all.gate.leave(down(), all.time.now());
    expect(all.onIdle).not.toHaveBeenCalled();

    await all.clock.advance(5_000);

    expect(all.onIdle).toHaveBeenCalledWith(all.gate);
    expect(all.clock.pending).toBe(0);
  });

  it('F58 is given up at once after a success', () => {
    const all = aGate();
    all.gate.enter(false);

    all.gate.leave(undefined, all.time.now());

    expect(all.onIdle).toHaveBeenCalledTimes(1);
  });
});
