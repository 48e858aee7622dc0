import { describe, expect, it } from 'vitest';
import { manualClock, type ManualClock } from 'credence/testing';
import { LatestCall, Silence } from '../../../src/credentials/user/latest-call.js';
import { turn } from '../../fixtures/scripted-credentials.js';

interface Begun {
  readonly signal: AbortSignal;
  readonly end: () => void;
  readonly fail: (error: Error) => void;
}

/** Calls that end when the test says so. */
function controlled(): { calls: LatestCall; begun: Begun[]; clock: ManualClock } {
  const clock = manualClock();
  const begun: Begun[] = [];
  const calls = new LatestCall(
    clock,
    (signal) => new Promise<void>((end, fail) => void begun.push({ signal, end, fail })),
  );
  return { calls, begun, clock };
}

/** What has become of a promise so far. */
function fateOf(promise: Promise<void>): { fate: string } {
  const seen = { fate: 'pending' };
  promise.then(
    () => (seen.fate = 'fulfilled'),
    (error: Error) => (seen.fate = error instanceof Silence ? 'silent' : error.message),
  );
  return seen;
}

describe('calls with the newest', () => {
  it('begin at once where none is under way', async () => {
    const { calls, begun } = controlled();

    const first = fateOf(calls.next());
    await turn();
    begun[0]?.end();
    await turn();
    void calls.next();
    await turn();

    expect([first.fate, begun.length]).toEqual(['fulfilled', 2]);
  });

  it('wait for the one under way, which is told so, and share one call', async () => {
    const { calls, begun } = controlled();
    const first = fateOf(calls.next());
    await turn();

    const second = fateOf(calls.next());
    const third = fateOf(calls.next());
    await turn();
    const before = [begun.length, begun[0]?.signal.aborted];
    begun[0]?.end();
    await turn();
    begun[1]?.end();
    await turn();

    expect(before).toEqual([1, true]);
    expect([first.fate, second.fate, third.fate]).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    expect(begun).toHaveLength(2);
  });

  it('never overlap, also where one is asked for in the very moment that another ends', async () => {
    let running = 0;
    let most = 0;
    const calls = new LatestCall(manualClock(), async () => {
      running += 1;
      most = Math.max(most, running);
      await turn();
      running -= 1;
    });

    const asked = Array.from({ length: 50 }, async (_, index) => {
      for (let i = 0; i < index; i += 1) await Promise.resolve();
      if (index % 7 === 0) await turn();
      await calls.next();
    });
    await Promise.all(asked);

    expect(most).toBe(1);
  });

  it('fail alone where nothing newer waits', async () => {
    const { calls, begun } = controlled();
    const first = fateOf(calls.next());
    await turn();

    begun[0]?.fail(new Error('disk'));
    await turn();

    expect(first.fate).toBe('disk');
  });

  it('that fail and have a successor settle as that does', async () => {
    const { calls, begun } = controlled();
    const first = fateOf(calls.next());
    await turn();
    const second = fateOf(calls.next());

    begun[0]?.fail(new Error('superseded'));
    await turn();
    const between = first.fate;
    begun[1]?.end();
    await turn();

    expect([between, first.fate, second.fate]).toEqual(['pending', 'fulfilled', 'fulfilled']);
  });

  it('F82 are given up after a minute of silence, the next one after two, so that they overlap ever more rarely', async () => {
    const { calls, begun, clock } = controlled();
    const first = fateOf(calls.next());
    await clock.advance(59_000);
    const second = fateOf(calls.next());
    const before = [begun.length, first.fate];

    await clock.advance(1_000);
    const after = [begun.length, second.fate];
    await clock.advance(119_000);
    const later = second.fate;
    await clock.advance(1_000);

    expect([before, after, later]).toEqual([[1, 'pending'], [2, 'pending'], 'pending']);
    expect([first.fate, second.fate]).toEqual(['silent', 'silent']);
  });

  it('that end after all have the next one given up after a minute again', async () => {
    const { calls, begun, clock } = controlled();
    calls.next().catch(() => undefined);
    await clock.advance(60_000);
    begun[0]?.end();
    await turn();

    const second = fateOf(calls.next());
    await clock.advance(60_000);

    expect(second.fate).toBe('silent');
  });
});
