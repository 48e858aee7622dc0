import fc from 'fast-check';
import { inspect } from 'node:util';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { AccessToken, RefreshError, TokenSet } from 'credence';
import { manualClock, type ManualClock } from 'credence/testing';
import { adopt } from '../../src/tokens/grant-spending.js';
import { Grant } from '../../src/tokens/grant.js';
import type { RefreshPlan } from '../../src/tokens/refresh-plan.js';
import { TokenCell } from '../../src/tokens/token-cell.js';
import { turn } from '../fixtures/scripted-credentials.js';

const set = (value: string, expiresAt?: number): TokenSet =>
  new TokenSet({ accessToken: new AccessToken(value, { expiresAt }) });
const plan = (mint: RefreshPlan['mint']) => (): RefreshPlan => ({ kind: 'Test', principal: undefined, mint });

interface Answer {
  readonly resolve: (tokens: TokenSet) => void;
  readonly reject: (error: Error) => void;
}

/** A plan whose answers the test gives when it likes. */
function controlled(): {
  plan: () => RefreshPlan;
  answers: Answer[];
} {
  const answers: Answer[] = [];
  return { answers, plan: plan(() => new Promise((resolve, reject) => answers.push({ resolve, reject }))) };
}

beforeAll(async () => {
  // Its code is loaded with the first refresh, which takes turns of the event loop that nobody can count.
  await new TokenCell({ clock: manualClock() }).force(plan(() => Promise.resolve(set('x'))));
});

describe('a cell', () => {
  it('drops nothing while it holds nothing, whatever was rejected', () => {
    const cell = new TokenCell({ clock: manualClock() });

    expect([cell.drop('rejected'), cell.drop(undefined as never)]).toEqual([false, false]);
  });

  it('F27 makes one flight serve all, and forgets it when it has landed', async () => {
    const cell = new TokenCell({ clock: manualClock() });
    const { plan: asked, answers } = controlled();
    const waiting = Array.from({ length: 10_000 }, () => cell.obtain(asked));
    await turn();

    answers[0]?.resolve(set('one'));

    await Promise.all(waiting);
    expect(answers).toHaveLength(1);
    expect(cell.authorization).toBe('Bearer one');
  });

  it.each([
    ['lands', (answer: Answer) => answer.resolve(set('one'))],
    ['fails', (answer: Answer) => answer.reject(new RefreshError('source_failed', 'no'))],
  ])('is waited for from the second caller on, until the flight %s', async (_, end) => {
    const cell = new TokenCell({ clock: manualClock() });
    const { plan: asked, answers } = controlled();
    const states = [cell.join() === undefined, cell.isWaitedFor];
    const waiting = [cell.obtain(asked), cell.join() ?? expect.unreachable()];
    states.push(cell.isWaitedFor);
    await turn();

    end(answers[0]!);
    await Promise.allSettled(waiting);

    expect([...states, cell.isWaitedFor]).toEqual([true, false, true, false]);
  });

  it('is not waited for any more once an earlier flight, which was given up, has brought a token after all', async () => {
    const clock = manualClock();
    const cell = new TokenCell({ clock });
    const { plan: asked, answers } = controlled();
    const first = cell.force(asked).catch((error: unknown) => error);
    await clock.advance(30_000);
    await first;
    void cell.force(asked);
    void cell.join();
    const before = cell.isWaitedFor;

    answers[0]?.resolve(set('late'));
    await turn();

    expect([before, cell.isWaitedFor, cell.look()]).toEqual([true, false, 'fresh']);
  });

  it('is not overwritten by an older flight that lands after a newer one', async () => {
    const clock = manualClock();
    const cell = new TokenCell({ clock });
    const { plan: asked, answers } = controlled();
    const first = cell.force(asked).catch((error: unknown) => error);
    await clock.advance(30_000);
    expect(await first).toMatchObject({ code: 'timed_out' });
    const second = cell.force(asked);
    await turn();
    answers[1]?.resolve(set('newer'));
    await second;

    answers[0]?.resolve(set('older'));
    await turn();

    expect(cell.tokens?.accessToken.value).toBe('newer');
  });

  it('is not filled by a flight that was under way when it was condemned', async () => {
    const cell = new TokenCell({ clock: manualClock() });
    const { plan: asked, answers } = controlled();
    const waiting = cell.obtain(asked);
    await turn();

    cell.condemn(new RefreshError('revoked', 'revoked.'));
    answers[0]?.resolve(set('late'));
    await waiting;

    expect(cell.tokens).toBeUndefined();
    await expect(cell.obtain(asked)).rejects.toMatchObject({ code: 'revoked' });
  });

  it('asks again when the grant has another refresh token, permanent error or not', async () => {
    const grant = new Grant('one');
    const cell = new TokenCell({ clock: manualClock(), grant });
    await expect(cell.obtain(plan(() => Promise.reject(new RefreshError('invalid_grant', 'x'))))).rejects.toThrow();

    adopt(grant, 'two');

    await expect(cell.obtain(plan(() => Promise.resolve(set('good'))))).resolves.toBeDefined();
  });

  it('F18 refuses a token that has already expired, and pauses for a second', async () => {
    const clock = manualClock();
    const cell = new TokenCell({ clock });
    const dead = plan(() => Promise.resolve(set('dead', clock.now())));
    await expect(cell.obtain(dead)).rejects.toMatchObject({ code: 'token_already_expired', retryable: true });

    await clock.advance(999);

    const error = (await cell.obtain(dead).catch((caught: unknown) => caught)) as RefreshError;
    expect(error.nextAttemptAt).toBeGreaterThan(clock.now());
    expect(error.nextAttemptAt).toBeLessThanOrEqual(clock.now() + 501);
    expect(cell.tokens).toBeUndefined();
  });

  it.each([NaN, Infinity, 1e18, -1e300])(
    'F3 F82 holds off for an hour at most, whatever a source says of the next attempt: %d',
    async (nextAttemptAt) => {
      const clock = manualClock();
      const cell = new TokenCell({ clock });
      const failure = new RefreshError('rate_limited', 'x', { retryable: true, nextAttemptAt });
      await expect(cell.obtain(plan(() => Promise.reject(failure)))).rejects.toBe(failure);

      const inside = cell.obtain(plan(() => Promise.resolve(set('early'))));
      await expect(inside).rejects.toMatchObject({ code: 'rate_limited', nextAttemptAt: expect.any(Number) });
      await clock.advance(3_600_500);

      await expect(cell.obtain(plan(() => Promise.resolve(set('good'))))).resolves.toBeDefined();
    },
  );

  it('F20 counts a life from before the request was sent', async () => {
    const clock = manualClock();
    const cell = new TokenCell({ clock });
    const start = clock.now();
    const { plan: asked, answers } = controlled();
    const waiting = cell.obtain(asked);
    await clock.advance(5_000);
    clock.stepWall(-3_600_000);

    answers[0]?.resolve(set('slow', start + 10_000));
    await waiting;

    await clock.advance(5_000);
    expect(cell.look()).toBe('invalid');
  });

  it('F50 gives no longer life to a token that was asked for after the wall clock had stepped forward', async () => {
    const clock = manualClock();
    const cell = new TokenCell({ clock });
    const { plan: asked, answers } = controlled();
    const waiting = cell.obtain(asked);
    await turn();
    clock.stepWall(3_600_000);
    answers[0]?.resolve(set('stepped', clock.now() + 600_000));
    await waiting;

    clock.stepWall(-3_600_000);
    await clock.advance(600_000);

    expect(cell.look()).toBe('invalid');
  });

  it('F49 F50 gives no longer life to a token where the wall clock stepped forward and back while the flight was out', async () => {
    const clock = manualClock();
    const cell = new TokenCell({ clock });
    const minted = { endsAt: 0 };
    const glitch = plan(async (flight) => {
      clock.stepWall(3_600_000);
      flight.lookAtClocks();
      const sentAt = clock.now();
      await turn();
      clock.stepWall(-3_600_000);
      minted.endsAt = clock.monotonic() + 600_000;
      return set('stepped', sentAt + 600_000);
    });
    await cell.obtain(glitch);

    await clock.advance(600_000);

    expect(clock.monotonic()).toBe(minted.endsAt);
    expect(cell.look()).toBe('invalid');
  });

  it('is no longer fresh from the very moment at which its grant is revoked elsewhere', () => {
    const grant = new Grant('one');
    const cells = [set('endless'), set('lasting', Date.UTC(2025, 0, 1, 1))].map(
      (tokens) => new TokenCell({ clock: manualClock(), grant, tokens }),
    );
    for (const cell of cells) cell.look();
    const before = cells.map((cell) => cell.isFresh);

    grant.revoke();

    expect(before).toEqual([true, true]);
    expect(cells.map((cell) => cell.isFresh)).toEqual([false, false]);
    expect(cells.map((cell) => cell.look())).toEqual(['invalid', 'invalid']);
  });

  it('F53 F82 throws nothing at whoever starts a refresh whose plan cannot be made, and holds off as after any failure', async () => {
    const clock = manualClock();
    const cell = new TokenCell({ clock, tokens: set('held', clock.now() + 100_000) });
    let plans = 0;
    const broken = (): never => {
      plans += 1;
      throw new Error('no plan');
    };

    cell.refreshInBackground(broken);
    await turn();
    cell.refreshInBackground(broken);
    await turn();

    expect(plans).toBe(1);
    expect(cell.look()).toBe('stale');
  });

  it('forks into a cell with the same token that goes its own way, and that is known for it', async () => {
    const cell = new TokenCell({ clock: manualClock(), tokens: set('one') });
    const fork = cell.fork();

    await fork.force(plan(() => Promise.resolve(set('two'))));

    expect([cell.authorization, fork.authorization]).toEqual(['Bearer one', 'Bearer two']);
    expect([cell.isFork, fork.isFork]).toEqual([false, true]);
  });

  it('F81 has no troubles that somebody wrote on Object.prototype', async () => {
    const pollution = {
      rejections: { count: 9, until: 1e300 },
      holdOff: { until: 1e300 },
      jump: { quietUntil: 1e300 },
    };
    const cell = new TokenCell({ clock: manualClock() });
    await cell.obtain(plan(() => Promise.resolve(set('one'))));
    Object.assign(Object.prototype, pollution);

    const dropped = cell.drop('one');
    const next = cell.obtain(plan(() => Promise.resolve(set('two'))));
    for (const name of Object.keys(pollution)) Reflect.deleteProperty(Object.prototype, name);

    expect(dropped).toBe(true);
    await expect(next).resolves.toMatchObject({ accessToken: { value: 'two' } });
  });

  it('F82 refuses what is not a token set, naming the kind', async () => {
    const cell = new TokenCell({ clock: manualClock() });

    await expect(cell.obtain(plan(() => Promise.resolve(JSON.parse('{}') as TokenSet)))).rejects.toThrow(
      'fetchToken() of Test must give a TokenSet.',
    );
  });

  it('F78 shows no secret, printed, as JSON or cloned, and is not changed by being looked at', () => {
    // One whose functions are inherited, since a clone of own functions fails.
    const clock = Object.create(manualClock()) as ManualClock;
    const tokens = set('token-secret', clock.now() + 3_600_000);
    const cell = new TokenCell({ clock, tokens, grant: new Grant('refresh-secret') });

    const shown = [inspect(cell, { depth: 20, showHidden: true }), JSON.stringify(cell)];

    for (const text of [...shown, inspect(structuredClone(cell))]) expect(text).not.toContain('secret');
    expect(cell.isFresh).toBe(false);
    expect(cell.authorization).toBe('Bearer token-secret');
  });

  it('F49 F50 F51 loses no mint and lengthens no life, whatever the clocks do while answers are under way', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('advance' as const), ms: fc.constantFrom(0, 1_000, 30_000) }),
      fc.record({ kind: fc.constant('step' as const), ms: fc.constantFrom(-60_000, 60_000) }),
      fc.record({ kind: fc.constant('suspend' as const), ms: fc.constantFrom(1_000, 60_000) }),
      fc.record({ kind: fc.constant('ask' as const) }),
      fc.record({ kind: fc.constant('fail' as const), which: fc.nat({ max: 1 }) }),
      fc.record({ kind: fc.constant('answer' as const), which: fc.nat({ max: 1 }), resent: fc.boolean() }),
    );
    const lives = fc.constantFrom(20_000, 90_000, 150_000);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), lives, async (steps, lifeMs) => {
        const clock = manualClock();
        const cell = new TokenCell({ clock });
        const { plan: asked, answers } = controlled();
        const sent: { wall: number; monotonic: number }[] = [];
        const open: number[] = [];
        let newest = -1;

        for (const one of steps) {
          if (one.kind === 'advance') await clock.advance(one.ms);
          else if (one.kind === 'step') clock.stepWall(one.ms);
          else if (one.kind === 'suspend') clock.suspend(one.ms);
          else if (one.kind === 'ask') {
            cell.force(asked).catch(() => undefined);
            await turn();
            if (answers.length > sent.length) {
              open.push(sent.length);
              sent.push({ wall: clock.now(), monotonic: clock.monotonic() });
            }
          } else {
            const [number] = open.splice(one.which, 1);
            if (number === undefined) continue;
            if (one.kind === 'fail') answers[number]?.reject(new Error('x'));
            else {
              // The request may have been sent once more, just now: its token then counts from now.
              if (one.resent) sent[number] = { wall: clock.now(), monotonic: clock.monotonic() };
              const { wall, monotonic } = sent[number]!;
              const isAlive = clock.now() < wall + lifeMs && clock.monotonic() < monotonic + lifeMs;
              answers[number]?.resolve(set(`token-${String(number)}`, wall + lifeMs));
              await turn();
              if (isAlive && !one.resent && number > newest)
                expect(cell.tokens?.accessToken.value).toBe(`token-${String(number)}`);
            }
            await turn();
          }
          const held = cell.tokens === undefined ? -1 : Number(cell.tokens.accessToken.value.slice(6));
          expect(held).toBeGreaterThanOrEqual(newest);
          newest = held;
          if (cell.look() === 'invalid') continue;
          expect(clock.now()).toBeLessThan(sent[held]!.wall + lifeMs);
          expect(clock.monotonic()).toBeLessThan(sent[held]!.monotonic + lifeMs);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('F49 F50 F51 hands out no token past its earlier end, whatever the clocks and the source do', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 5_000 }) }),
      fc.record({ kind: fc.constant('step' as const), ms: fc.integer({ min: -20_000, max: 20_000 }) }),
      fc.record({ kind: fc.constant('suspend' as const), ms: fc.integer({ min: 0, max: 20_000 }) }),
      fc.record({ kind: fc.constant('outage' as const), ms: fc.constantFrom(0, 1) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.integer({ min: 100, max: 20_000 }),
        async (steps, lifeMs) => {
          const clock = manualClock();
          const cell = new TokenCell({ clock });
          const ends = new Map<string, { wall: number; monotonic: number }>();
          let down = false;
          const mint = plan(() => {
            if (down) return Promise.reject(new RefreshError('server_unavailable', 'x', { retryable: true }));
            const value = `token-${String(ends.size)}`;
            ends.set(`Bearer ${value}`, { wall: clock.now() + lifeMs, monotonic: clock.monotonic() + lifeMs });
            return Promise.resolve(set(value, clock.now() + lifeMs));
          });

          for (const { kind, ms } of steps) {
            if (kind === 'advance') await clock.advance(ms);
            else if (kind === 'step') clock.stepWall(ms);
            else if (kind === 'suspend') clock.suspend(ms);
            else down = ms === 1;
            await clock.advance(1_000);
            if (cell.look() === 'stale') cell.refreshInBackground(mint);
            if (cell.look() === 'invalid') await cell.obtain(mint).catch(() => undefined);
            if (cell.look() === 'invalid') continue;
            const end = ends.get(cell.authorization);
            expect(clock.now()).toBeLessThan(end?.wall ?? 0);
            expect(clock.monotonic()).toBeLessThan(end?.monotonic ?? 0);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the first refresh of a process', () => {
  /** A cell in a process that has not refreshed yet, and a mint that counts. */
  async function firstCell(): Promise<{ cell: TokenCell; count: () => number; counted: () => RefreshPlan }> {
    vi.resetModules();
    const fresh = await import('../../src/tokens/token-cell.js');
    const { AccessToken: Token, TokenSet: Tokens } = await import('credence');
    let mints = 0;
    const counted = plan(() => {
      mints += 1;
      return Promise.resolve(new Tokens({ accessToken: new Token('first') }));
    });
    return { cell: new fresh.TokenCell({ clock: manualClock() }), count: () => mints, counted };
  }

  it('F27 is one for all who came before its code was loaded', async () => {
    const { cell, count, counted } = await firstCell();
    cell.refreshInBackground(counted);
    cell.refreshInBackground(counted);

    await Promise.all([cell.obtain(counted), cell.force(counted), cell.obtain(counted)]);

    expect(count()).toBe(1);
    expect(cell.authorization).toBe('Bearer first');
  });

  it('F55 goes on for the next caller where all who waited left while its code was loaded', async () => {
    const { cell, count, counted } = await firstCell();
    const leaving = new AbortController();

    const left = [cell.obtain(counted, leaving.signal), cell.force(counted, { signal: leaving.signal })];
    leaving.abort(new Error('gone'));

    const gone = { status: 'rejected', reason: { message: 'gone' } };
    expect(await Promise.allSettled(left)).toMatchObject([gone, gone]);
    expect(count()).toBe(0);
    await expect.poll(() => cell.authorization).toBe('Bearer first');
    expect(count()).toBe(1);
  });
});
