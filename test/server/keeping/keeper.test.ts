import { describe, expect, it, vi } from 'vitest';
import {
  AccessToken,
  RefreshError,
  StaticCredentials,
  UserCredentials,
  type RefreshErrorCode,
  type RefreshErrorOptions,
  type TokenSet,
  type Transport,
} from 'credence';
import { manualClock } from 'credence/testing';
import { TokenRegistry } from '../../../src/server/token-registry.js';
import { TokenServer } from '../../../src/server/token-server.js';
import { httpAnswer } from '../../fixtures/http-answer.js';
import {
  headersOf,
  lasting,
  ScriptedCredentials,
  tokens,
  turn,
  type Script,
} from '../../fixtures/scripted-credentials.js';
import {
  aRegistry,
  aServer,
  aWarmServer,
  DAY_MS,
  eventsOf,
  failureOf,
  HOUR_MS,
  MINUTE_MS,
} from '../../fixtures/token-server.js';

function failed(code: RefreshErrorCode = 'server_unavailable', options: RefreshErrorOptions = {}): RefreshError {
  return new RefreshError(code, 'failed', { retryable: true, ...options });
}

/** A source that can be switched off. */
function aSource(clock = manualClock(), lifetimeMs = HOUR_MS) {
  const source = { isDown: false, error: failed(), attempts: [] as number[], clock, mint };
  async function mint(count: number) {
    source.attempts.push(clock.now());
    if (source.isDown) throw source.error;
    return tokens(`token-${String(count)}`, clock.now() + lifetimeMs);
  }
  return source;
}

describe('a healthy source', () => {
  it('is asked in the background as soon as the server is started', async () => {
    const { clock, credentials } = await aServer();

    await clock.advance(0);

    await expect.poll(() => credentials.valid).toBe(true);
    expect(credentials.mints).toBe(1);
  });

  it('is not asked at the start where the credentials hold a fresh token', async () => {
    const clock = manualClock();
    const credentials = new ScriptedCredentials({ clock, mint: lasting(clock, HOUR_MS) });
    await credentials.refresh();

    const { server } = await aServer({ clock, source: credentials });

    await clock.advance(10 * MINUTE_MS);
    expect(credentials.mints).toBe(1);
    expect((await server.fetch()).value).toBe('token-1');
  });

  it('is asked between 300 and 225 seconds before the end of each token', async () => {
    const { clock, credentials, server } = await aWarmServer();
    const leftMs: number[] = [];
    server.on('refreshed', () => leftMs.push(expiresAt - clock.now()));
    let expiresAt = (await server.fetch()).expiresAt!;

    for (let hour = 0; hour < 10; hour += 1) {
      while (credentials.mints === hour + 1) await clock.advance(20_000);
      expiresAt = (await server.fetch()).expiresAt!;
    }

    expect(leftMs).toHaveLength(10);
    expect(Math.max(...leftMs)).toBeLessThanOrEqual(300_000);
    expect(Math.min(...leftMs)).toBeGreaterThan(224_000);
    expect(new Set(leftMs.map((ms) => Math.round(ms / 1_000))).size).toBeGreaterThan(4);
  });

  it.each([
    ['1 s', 1_000, MINUTE_MS, 2.1],
    ['10 s', 10_000, 10 * MINUTE_MS, 2.1],
    ['300 s', 300_000, 5 * HOUR_MS, 1.6],
    ['40 days', 40 * DAY_MS, 42 * DAY_MS, 1.6],
  ])('F18 F19 F52 makes a token of %s always fresh, without a hot loop', async (_, lifetimeMs, forMs, mostOfEach) => {
    const { clock, credentials } = await aWarmServer({ lifetimeMs });
    const states = new Set<string>();

    for (let at = 0; at < 200; at += 1) {
      await clock.advance(forMs / 200);
      states.add(credentials.tokenState);
    }

    expect(states).toEqual(new Set(['fresh']));
    const lives = forMs / lifetimeMs;
    expect(credentials.mints).toBeLessThanOrEqual(1 + mostOfEach * lives);
    expect(credentials.mints).toBeGreaterThanOrEqual(Math.ceil(lives));
  });

  it.each([10, 100, 300])('F19 whose tokens live %i ms is asked four times a second at most', async (lifetimeMs) => {
    const { clock, credentials } = await aWarmServer({ lifetimeMs });

    await clock.advance(10_000);

    expect(credentials.mints).toBeLessThanOrEqual(41);
    expect(credentials.mints).toBeGreaterThan(30);
  });

  it('F17 F52 whose tokens never end is asked once', async () => {
    const { clock, credentials, server } = await aWarmServer({ mint: () => tokens('for-ever') });

    await clock.advance(DAY_MS);

    expect(credentials.mints).toBe(1);
    expect(server.state.nextRefreshAt).toBeUndefined();
    expect(clock.pending).toBe(0);
  });

  it('whose tokens never end is asked again where refreshAfterMs says so', async () => {
    const { clock, credentials } = await aWarmServer({ mint: () => tokens('for-ever'), refreshAfterMs: HOUR_MS });

    await clock.advance(DAY_MS);

    expect(credentials.mints).toBeGreaterThanOrEqual(22);
    expect(credentials.mints).toBeLessThanOrEqual(25);
  });

  it('that gives the same token until four minutes before its end, as metadata servers do, is asked again in time', async () => {
    const clock = manualClock();
    let [value, endsAt] = [0, 0];
    const mint: Script['mint'] = () => {
      if (clock.now() > endsAt - 240_000) [value, endsAt] = [value + 1, clock.now() + HOUR_MS];
      return tokens(`machine-${String(value)}`, endsAt);
    };
    const { credentials } = await aWarmServer({ clock, mint });
    const lefts: number[] = [];

    for (let minute = 0; minute < 10 * 60; minute += 1) {
      await clock.advance(MINUTE_MS);
      lefts.push(credentials.expiry!.getTime() - clock.now());
    }

    expect(Math.min(...lefts)).toBeGreaterThan(100_000);
    expect(credentials.mints).toBeLessThanOrEqual(40);
  });

  it('is asked once where callers and the server want a new token at the same time', async () => {
    const clock = manualClock();
    const { credentials, server } = await aWarmServer({ clock, refreshBeforeMs: 100_000 });

    await clock.advance(HOUR_MS - 225_000);
    await Promise.all(Array.from({ length: 100 }, () => headersOf(credentials)));
    await turn();

    expect(credentials.mints).toBe(2);
    await clock.advance(150_000);
    expect(credentials.mints).toBe(2);
    expect((await server.fetch()).value).toBe('token-2');
  });

  it('F51 F57 that was not asked while the event loop stood still is asked once, and the caller gets the new token', async () => {
    const manual = manualClock();
    let blockedMs = 0;
    const clock = {
      ...manual,
      now: () => manual.now() + blockedMs,
      monotonic: () => manual.monotonic() + blockedMs,
    };
    const credentials = new ScriptedCredentials({ clock, mint: lasting(clock, 10_000) });
    const server = await TokenServer.start({ name: 'n', source: credentials, registry: aRegistry(), clock });
    await server.fetch();

    blockedMs = 20_000;
    const token = await server.fetch();

    expect(token.value).toBe('token-2');
    await manual.advance(5_000);
    expect(credentials.mints).toBe(2);
  });
});

describe('credentials under a server', () => {
  it('F1 never make a caller wait while their source works', async () => {
    const { clock, credentials } = await aWarmServer({ lifetimeMs: 10_000 });
    let waited = 0;

    for (let second = 0; second < 300; second += 1) {
      await clock.advance(1_000);
      if (!credentials.tryApply({})) waited += 1;
    }

    expect(waited).toBe(0);
  });

  it('that somebody else refreshed are followed, and not asked again for that token', async () => {
    const { clock, credentials, server } = await aWarmServer();
    await clock.advance(50 * MINUTE_MS);
    await credentials.refresh();

    await clock.advance(40 * MINUTE_MS);

    expect(credentials.mints).toBe(2);
    expect((await server.fetch()).value).toBe('token-2');
    await clock.advance(20 * MINUTE_MS);
    expect(credentials.mints).toBe(3);
  });

  it('F43 whose token an API refused are asked for another one with the next fetch', async () => {
    const { credentials, server } = await aWarmServer();
    credentials.invalidate('token-1');

    const token = await server.fetch();

    expect(token.value).toBe('token-2');
  });

  it('that hold one token and cannot get another are served to its end, and seldom asked', async () => {
    const clock = manualClock();
    const source = new StaticCredentials({ token: 'only', expiry: new Date(clock.now() + HOUR_MS), clock });
    const { server } = await aServer({ clock, source });
    const failures = eventsOf(server);

    await clock.advance(HOUR_MS - 1_000);
    const token = await server.fetch();
    await clock.advance(1_000);

    expect(token.value).toBe('only');
    expect(await failureOf(server.fetch())).toMatchObject({ code: 'not_refreshable' });
    expect(failures).toHaveLength(1);
  });
});

describe('an outage', () => {
  it('F1 shorter than the life of the token is an error for nobody, and its attempts are few', async () => {
    const clock = manualClock();
    const source = aSource(clock);
    const { credentials, server } = await aWarmServer({ clock, mint: source.mint });
    await clock.advance(HOUR_MS - 301_000);
    source.isDown = true;

    for (let second = 0; second < 290; second += 1) {
      await clock.advance(1_000);
      expect(await server.tryFetch()).toMatchObject({ ok: true });
      expect(credentials.tryApply({})).toBe(true);
    }
    source.isDown = false;
    await clock.advance(10_000);

    // The credentials themselves ask as well, where callers find them stale.
    expect(source.attempts.length).toBeLessThan(60);
    expect((await server.fetch()).expiresAt).toBeGreaterThan(clock.now() + HOUR_MS - MINUTE_MS);
  });

  it.each([1_000, 2_000, 10_000, 300_000])(
    'F1 F19 that begins with the refresh window of a token of %i ms and ends before it is an error for nobody',
    async (lifetimeMs) => {
      const clock = manualClock();
      const source = aSource(clock, lifetimeMs);
      const { server } = await aWarmServer({ clock, mint: source.mint });
      const stepMs = lifetimeMs / 100;
      await clock.advance(lifetimeMs * 0.6);
      source.isDown = true;

      for (let step = 0; step < 33; step += 1) {
        await clock.advance(stepMs);
        expect(await server.tryFetch(0)).toMatchObject({ ok: true });
      }
      source.isDown = false;
      for (let step = 0; step < 300; step += 1) {
        await clock.advance(stepMs);
        expect(await server.tryFetch(0)).toMatchObject({ ok: true });
      }
    },
  );

  it('F2 of a fifth of all attempts at random is an error for nobody', async () => {
    const clock = manualClock({ seed: 7 });
    const mint: Script['mint'] = (count) => {
      if (clock.random() < 0.2) throw failed();
      return tokens(`t-${String(count)}`, clock.now() + 2_000);
    };
    const { credentials, server } = await aServer({ clock, mint });
    while (!(await server.tryFetch()).ok) await clock.advance(1_000);
    let errors = 0;

    for (let step = 0; step < 6_000; step += 1) {
      await clock.advance(10);
      if (!(await server.tryFetch(0)).ok) errors += 1;
    }

    expect(errors).toBe(0);
    expect(credentials.mints).toBeLessThan(80);
  });

  it('F1 past the end of the token makes callers fail at once, with the time of the next attempt', async () => {
    const clock = manualClock();
    const source = aSource(clock);
    const { server } = await aWarmServer({ clock, mint: source.mint });
    source.isDown = true;
    await clock.advance(2 * HOUR_MS);
    const attempts = source.attempts.length;

    const failures = await Promise.all(Array.from({ length: 1_000 }, () => failureOf(server.fetch())));

    expect(source.attempts).toHaveLength(attempts);
    const { nextRefreshAt } = server.state;
    expect(
      new Set(failures.map(({ code, retryable, nextAttemptAt }) => `${code} ${retryable} ${nextAttemptAt}`)),
    ).toEqual(new Set([`server_unavailable true ${nextRefreshAt}`]));
    expect(nextRefreshAt! - clock.now()).toBeLessThanOrEqual(30_000);
  });

  it('F1 tells also those who waited for an attempt when the next one is, unless only a repair helps', async () => {
    const clock = manualClock();
    const source = aSource(clock);
    source.isDown = true;
    const { server } = await aServer({ clock, mint: source.mint });
    const passing = await failureOf(server.fetch());
    source.error = failed('request_refused', { retryable: false });
    const operators = await failureOf(server.refresh());

    expect(passing.nextAttemptAt).toBeGreaterThan(clock.now());
    expect(operators).toBe(source.error);
  });

  it('F1 is over for callers within one step of the backoff, with one request', async () => {
    const clock = manualClock();
    const source = aSource(clock);
    const { server } = await aWarmServer({ clock, mint: source.mint });
    source.isDown = true;
    await clock.advance(3 * HOUR_MS);
    const { nextRefreshAt } = server.state;
    source.isDown = false;
    const attempts = source.attempts.length;

    await clock.advance(nextRefreshAt! - clock.now());

    expect(source.attempts).toHaveLength(attempts + 1);
    expect(await server.tryFetch(0)).toMatchObject({ ok: true });
    await clock.advance(30 * MINUTE_MS);
    expect(source.attempts).toHaveLength(attempts + 1);
  });

  it('is reported as exhausted after maxRetries, and retries begin again', async () => {
    const clock = manualClock();
    const source = aSource(clock);
    source.isDown = true;
    const { server } = await aServer({ clock, mint: source.mint, maxRetries: 3, backoffType: 'exp' });
    const events = eventsOf(server);
    await clock.advance(0);

    await clock.advance(1_000 + 2_000 + 30_000 + 1_000);

    expect(events.map(([name, told]) => [name, 'retries' in told ? told.retries : undefined])).toEqual([
      ['failed', 1],
      ['failed', 2],
      ['failed', 3],
      ['exhausted', 3],
      ['failed', 1],
      ['failed', 2],
    ]);
    source.isDown = false;
    await clock.advance(2_000);
    expect(events.slice(-2)).toEqual([
      ['refreshed', expect.objectContaining({ name: 'n' })],
      ['recovered', { name: 'n', failures: 5 }],
    ]);
    expect(server.state).toMatchObject({ retries: 0, lastError: undefined, tokenState: 'fresh' });
  });

  it('is over where somebody else obtained a token', async () => {
    const clock = manualClock();
    const source = aSource(clock);
    source.isDown = true;
    const { credentials, server } = await aServer({ clock, mint: source.mint });
    const events = eventsOf(server);
    await clock.advance(10_000);
    source.isDown = false;
    await credentials.refresh();

    const result = await server.tryFetch();

    expect(result.ok).toBe(true);
    expect(events.at(-1)?.[0]).toBe('recovered');
    expect(server.state).toMatchObject({ retries: 0, lastError: undefined });
  });

  it.each([
    ['seconds', 45_000, 45_000],
    ['a huge time', 30 * DAY_MS, HOUR_MS],
    ['a time that is past', -5_000, 0],
    ['junk', NaN, 0],
  ])('F3 F4 with a Retry-After of %s is waited out, within bounds', async (_, askedMs, expectedMs) => {
    const clock = manualClock();
    const source = aSource(clock);
    source.isDown = true;
    source.error = failed('rate_limited', { nextAttemptAt: clock.now() + askedMs });
    const { server } = await aServer({ clock, mint: source.mint, backoffMinMs: 1_000, backoffMaxMs: 1_000 });
    await clock.advance(0);

    const waitMs = server.state.nextRefreshAt! - clock.now();

    expect(waitMs).toBeGreaterThanOrEqual(Math.max(1_000, expectedMs));
    expect(waitMs).toBeLessThanOrEqual(Math.max(1_000, expectedMs + 501));
    await clock.advance(waitMs - 1);
    expect(source.attempts).toHaveLength(1);
  });

  it('F5 that hangs is given up after thirty seconds, and late tokens are welcome', async () => {
    const clock = manualClock();
    let answer: (token: ReturnType<typeof tokens>) => void = () => undefined;
    const { server } = await aServer({ clock, mint: () => new Promise((resolve) => (answer = resolve)) });
    await clock.advance(30_000);
    const failure = server.state.lastError;

    answer(tokens('late', clock.now() + HOUR_MS));
    await turn();

    expect(failure).toMatchObject({ code: 'timed_out' });
    expect((await server.fetch(0)).value).toBe('late');
  });

  it('F6 in the name service is retried like any other', async () => {
    const clock = manualClock();
    const source = aSource(clock);
    source.isDown = true;
    source.error = failed('endpoint_unreachable');
    const { server } = await aServer({ clock, mint: source.mint });
    await clock.advance(MINUTE_MS);
    source.isDown = false;

    await clock.advance(30_000);

    expect(await server.tryFetch(0)).toMatchObject({ ok: true });
  });
});

describe('a permanent failure', () => {
  it.each<[RefreshErrorCode, number]>([
    ['invalid_grant', 14],
    ['request_refused', 110],
  ])('%s is told as it is, and not hammered', async (code, mostInADay) => {
    const clock = manualClock();
    const source = aSource(clock);
    source.isDown = true;
    source.error = failed(code, { retryable: false });
    const { server } = await aServer({ clock, mint: source.mint });
    await clock.advance(DAY_MS);

    const failure = await failureOf(server.fetch());

    expect(failure.code).toBe(code);
    expect(source.attempts.length).toBeLessThanOrEqual(mostInADay);
    expect(source.attempts.length).toBeGreaterThan(3);
  });

  it('ends as soon as refresh() succeeds', async () => {
    const clock = manualClock();
    const source = aSource(clock);
    source.isDown = true;
    source.error = failed('invalid_grant', { retryable: false });
    const { server } = await aServer({ clock, mint: source.mint });
    await clock.advance(0);
    source.isDown = false;

    await server.refresh();

    expect(await server.tryFetch(0)).toMatchObject({ ok: true });
    expect(server.state).toMatchObject({ retries: 0, lastError: undefined });
  });
});

describe('clocks', () => {
  it('F51 sleep past the end of the token is noticed, and one attempt made', async () => {
    const { clock, credentials } = await aWarmServer();
    clock.suspend(8 * HOUR_MS);

    await clock.advance(35_000);

    expect(credentials.mints).toBe(2);
    expect(credentials.valid).toBe(true);
  });

  it('F51 sleep is noticed at once by whoever fetches a second later', async () => {
    const { clock, credentials, server } = await aWarmServer();
    clock.suspend(8 * HOUR_MS);
    await clock.advance(1_000);

    const token = await server.fetch();

    expect(token.value).toBe('token-2');
    expect(credentials.mints).toBe(2);
  });

  it('F51 a fleet that slept is spread over five seconds', async () => {
    const woke: number[] = [];
    for (let seed = 1; seed <= 40; seed += 1) {
      const clock = manualClock({ seed });
      const { credentials } = await aWarmServer({ clock });
      clock.suspend(58 * MINUTE_MS);
      const before = clock.monotonic();
      while (credentials.mints === 1) await clock.advance(100);
      woke.push(clock.monotonic() - before);
    }

    expect(Math.max(...woke)).toBeLessThanOrEqual(35_100);
    expect(Math.max(...woke) - Math.min(...woke)).toBeGreaterThan(2_000);
  });

  it('F49 a wall clock that steps forward costs one refresh', async () => {
    const { clock, credentials } = await aWarmServer();
    clock.stepWall(HOUR_MS);

    await clock.advance(10 * MINUTE_MS);

    expect(credentials.mints).toBe(2);
    expect(credentials.valid).toBe(true);
  });

  it('F50 a wall clock that steps back delays no refresh', async () => {
    const { clock, credentials } = await aWarmServer();
    clock.stepWall(-10 * HOUR_MS);

    await clock.advance(HOUR_MS - 225_000);

    expect(credentials.mints).toBe(2);
  });
});

describe('a caller', () => {
  it('without a token waits for the attempt under way, with all others', async () => {
    const clock = manualClock();
    let answer: () => void = () => undefined;
    const { credentials, server } = await aServer({
      clock,
      mint: () => new Promise((resolve) => (answer = () => resolve(tokens('t', clock.now() + HOUR_MS)))),
    });
    await clock.advance(0);

    const waiting = Array.from({ length: 100 }, () => server.fetch());
    answer();

    expect(new Set(await Promise.all(waiting)).size).toBe(1);
    expect(credentials.mints).toBe(1);
  });

  it('waits no longer than it said, while the attempt goes on', async () => {
    const clock = manualClock();
    let answer: () => void = () => undefined;
    const { server } = await aServer({
      clock,
      mint: () => new Promise((resolve) => (answer = () => resolve(tokens('t', clock.now() + HOUR_MS)))),
    });
    const leaving = failureOf(server.fetch(100));

    await clock.advance(100);

    expect(await leaving).toMatchObject({ code: 'timed_out', retryable: true });
    answer();
    await turn();
    expect(await server.tryFetch(0)).toMatchObject({ ok: true });
  });

  it('F55 who leaves ends nobody else\u2019s wait', async () => {
    const clock = manualClock();
    let answer: () => void = () => undefined;
    const { server } = await aServer({
      clock,
      mint: () => new Promise((resolve) => (answer = () => resolve(tokens('t')))),
    });
    const controller = new AbortController();
    const leaving = server.fetch({ signal: controller.signal });
    const staying = server.fetch();
    await turn();

    controller.abort('enough');
    answer();

    await expect(leaving).rejects.toBe('enough');
    expect((await staying).value).toBe('t');
  });

  it('F53 who is gone leaves no unhandled rejection behind', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const clock = manualClock();
    const source = aSource(clock);
    source.isDown = true;
    const { server } = await aServer({ clock, mint: source.mint });

    await clock.advance(DAY_MS);
    await server.stop();
    await turn();

    process.off('unhandledRejection', unhandled);
    expect(source.attempts.length).toBeGreaterThan(100);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('F19 gets a token even where it lives shorter than the loop is held', async () => {
    const { server } = await aServer({ lifetimeMs: 1 });

    expect((await server.fetch()).value).toBe('token-1');
  });
});

/** Credentials that all ask one issuer. */
class OfOneIssuer extends ScriptedCredentials {
  get tokenUri(): string {
    return 'https://issuer.example.com/token';
  }
}

/** A server that waits in the queue of its issuer, where thirty-two others hang. */
async function aQueuedServer() {
  const clock = manualClock();
  // Never stopped: what hangs waits for a clock that nobody moves any more.
  const registry = new TokenRegistry();
  const release: (() => void)[] = [];
  const mint = () =>
    new Promise<TokenSet>((resolve) => release.push(() => resolve(tokens('other', clock.now() + HOUR_MS))));
  for (let index = 0; index < 32; index += 1)
    await TokenServer.start({ name: `n${String(index)}`, source: new OfOneIssuer({ clock, mint }), clock, registry });
  await clock.advance(0);
  const credentials = new OfOneIssuer({ clock, mint: lasting(clock, HOUR_MS) });
  const server = await TokenServer.start({ name: 'last', source: credentials, clock, registry });
  await clock.advance(0);
  return { clock, registry, credentials, server, release, mint };
}

describe('a server in the queue of its issuer', () => {
  it('serves its callers as soon as somebody else has refreshed the credentials, and tells of it', async () => {
    const { clock, credentials, server } = await aQueuedServer();
    const events = eventsOf(server);
    const waiting = [server.fetch(), server.fetch({ timeoutMs: Infinity })];
    await headersOf(credentials);

    await clock.advance(250);

    const served = await Promise.all(waiting);
    expect(served.map(({ value }) => value)).toEqual(['token-1', 'token-1']);
    expect(events).toEqual([['refreshed', expect.objectContaining({ name: 'last' })]]);
    expect(server.state).toMatchObject({ tokenState: 'fresh', refreshing: false });
    expect(credentials.mints).toBe(1);
  });

  it('serves them that token also where it is their turn first', async () => {
    const { clock, credentials, server, release } = await aQueuedServer();
    const waiting = server.fetch();
    await headersOf(credentials);

    release[0]?.();
    await turn();
    await clock.advance(1);

    expect((await waiting).value).toBe('token-1');
    expect(credentials.mints).toBe(1);
  });

  it('gives a caller whose time is up the token that is there', async () => {
    const { clock, credentials, server } = await aQueuedServer();
    const waiting = server.fetch(100);
    await headersOf(credentials);

    await clock.advance(100);

    expect((await waiting).value).toBe('token-1');
  });

  it('gives them that token where the issuer turns out to be down', async () => {
    const { clock, registry, credentials, server, mint } = await aQueuedServer();
    const waiting = server.fetch();
    await headersOf(credentials);
    const error = failed('rate_limited', { nextAttemptAt: clock.now() + HOUR_MS });
    const source = new OfOneIssuer({ clock, mint: (count) => (count === 1 ? Promise.reject(error) : mint()) });
    const down = await TokenServer.start({ name: 'down', source, clock, registry });

    await failureOf(down.refresh());

    expect((await waiting).value).toBe('token-1');
  });

  it('gives callers timed_out where there is none', async () => {
    const { clock, server } = await aQueuedServer();
    const waiting = failureOf(server.fetch(1_000));

    await clock.advance(1_000);

    expect(await waiting).toMatchObject({ code: 'timed_out' });
  });
});

describe('credentials that somebody else refreshed', () => {
  it('are told as refreshed, once for each token', async () => {
    const { credentials, server } = await aWarmServer();
    const events = eventsOf(server);
    await credentials.refresh();

    await server.fetch();
    await server.fetch();

    expect(events.map(([event]) => event)).toEqual(['refreshed']);
    expect(events[0]?.[1]).toMatchObject({ expiresAt: (await server.fetch()).expiresAt });
  });

  it('do not answer whoever asked for a new token meanwhile', async () => {
    const clock = manualClock();
    let answer: () => void = () => undefined;
    const mint: Script['mint'] = (count) =>
      count < 3
        ? tokens(`token-${String(count)}`, clock.now() + HOUR_MS)
        : new Promise((resolve) => (answer = () => resolve(tokens('new', clock.now() + HOUR_MS))));
    const { credentials, server } = await aWarmServer({ clock, mint });
    await credentials.refresh();
    const refreshing = server.refresh();

    const fetched = await server.fetch();
    await turn();
    answer();

    expect(fetched.value).toBe('token-2');
    expect((await refreshing).value).toBe('new');
  });
});

describe('the last caller who leaves', () => {
  const user = { refreshToken: 'r', clientId: 'c', clientSecret: 's', tokenUri: 'https://issuer.example.com/token' };

  async function aFailingServer() {
    const clock = manualClock();
    let requests = 0;
    const transport: Transport = async () => {
      requests += 1;
      await clock.sleep(100);
      return httpAnswer(503, {});
    };
    const source = new UserCredentials({ ...user, clock, transport });
    const server = await TokenServer.start({ name: 'n', source, clock, registry: aRegistry() });
    return { clock, server, requests: () => requests };
  }

  it('ends the repetition of requests, and not the attempt', async () => {
    const { clock, server, requests } = await aFailingServer();
    const controller = new AbortController();
    const leaving = [server.fetch(50), server.fetch({ signal: controller.signal })].map((wait) =>
      wait.catch(() => 'left'),
    );
    await expect.poll(requests).toBe(1);

    await clock.advance(50);
    controller.abort();
    const isRefreshing = server.state.refreshing;
    await Promise.all(leaving);
    await clock.advance(60);

    expect(isRefreshing).toBe(true);
    expect(server.state).toMatchObject({ refreshing: false, retries: 1 });
    expect(requests()).toBe(1);
  });

  it('ends it for nobody who comes later', async () => {
    const { clock, server, requests } = await aFailingServer();
    const leaving = server.fetch(50).catch(() => 'left');
    await expect.poll(requests).toBe(1);
    await clock.advance(50);
    await leaving;

    const staying = failureOf(server.fetch(30_000));
    await clock.advance(10_000);

    expect(await staying).toMatchObject({ code: 'server_unavailable' });
    expect(requests()).toBeGreaterThanOrEqual(3);
    await server.stop();
  });
});

describe('state', () => {
  it('tells at any time what is held, what is under way and what comes next', async () => {
    const clock = manualClock();
    const source = aSource(clock);
    const { server } = await aServer({ clock, mint: source.mint, backoffType: 'exp' });
    expect(server.state).toEqual({
      tokenState: 'invalid',
      refreshing: false,
      lastError: undefined,
      retries: 0,
      nextRefreshAt: clock.now(),
    });

    const fetching = server.fetch();
    expect(server.state).toMatchObject({ refreshing: true, nextRefreshAt: undefined });
    await fetching;
    await turn();
    expect(server.state).toMatchObject({ tokenState: 'fresh', refreshing: false });
    expect(server.state.nextRefreshAt).toBeGreaterThanOrEqual(clock.now() + HOUR_MS - 300_000);

    source.isDown = true;
    await clock.advance(HOUR_MS);
    expect(server.state).toMatchObject({ tokenState: 'invalid', lastError: source.error });
    expect(server.state.retries).toBeGreaterThan(0);
    expect(Object.isFrozen(server.state)).toBe(true);
  });
});

describe('refresh()', () => {
  it('asks the source whatever is held, and joins an attempt under way', async () => {
    const { credentials, server } = await aWarmServer();

    const both = await Promise.all([server.refresh(), server.refresh()]);

    expect(both.map(({ value }) => value)).toEqual(['token-2', 'token-2']);
    expect(both[0]).toBeInstanceOf(AccessToken);
    expect(credentials.mints).toBe(2);
  });

  it('asks although failures forbid it to others', async () => {
    const clock = manualClock();
    const source = aSource(clock);
    source.isDown = true;
    const { server } = await aServer({ clock, mint: source.mint });
    await clock.advance(0);
    const attempts = source.attempts.length;

    const failure = await failureOf(server.refresh());

    expect(failure).toMatchObject({ code: source.error.code, retryable: true, cause: source.error });
    // Somebody waits for it, but a source of one's own is not asked again: only requests are repeated.
    expect(source.attempts).toHaveLength(attempts + 1);
  });
});

describe('stop()', () => {
  it('F54 leaves no timer behind, and no refresh comes after it', async () => {
    const { clock, credentials, server } = await aWarmServer();

    await server.stop();

    expect(clock.pending).toBe(0);
    await clock.advance(DAY_MS);
    expect(credentials.mints).toBe(1);
  });

  it('F54 F56 waits for the attempt under way, whose waiters get their token', async () => {
    const clock = manualClock();
    let answer: () => void = () => undefined;
    const { server } = await aServer({
      clock,
      mint: () => new Promise((resolve) => (answer = () => resolve(tokens('t', clock.now() + HOUR_MS)))),
    });
    const waiting = server.fetch();
    await turn();
    let isStopped = false;
    const stopping = server.stop().then(() => (isStopped = true));
    await turn();
    expect(isStopped).toBe(false);

    answer();
    await stopping;

    expect((await waiting).value).toBe('t');
    expect(clock.pending).toBe(0);
  });

  it('makes every later call fail with no_token', async () => {
    const { server } = await aWarmServer();

    await server.stop();
    await server.stop();

    expect(await failureOf(server.fetch())).toMatchObject({ code: 'no_token' });
    expect(await failureOf(server.refresh())).toMatchObject({ code: 'no_token' });
  });

  it('can be called by a listener', async () => {
    const clock = manualClock();
    const source = aSource(clock);
    source.isDown = true;
    const { server } = await aServer({ clock, mint: source.mint });
    server.on('failed', () => server.stop());

    await clock.advance(HOUR_MS);

    expect(source.attempts).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});
