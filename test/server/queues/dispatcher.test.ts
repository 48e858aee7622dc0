import { beforeAll, describe, expect, it } from 'vitest';
import { RefreshError, ServiceAccountCredentials, UserCredentials, type Transport } from 'credence';
import { manualClock } from 'credence/testing';
import { Dispatcher } from '../../../src/server/queues/dispatcher.js';
import { TokenRegistry } from '../../../src/server/token-registry.js';
import { TokenServer } from '../../../src/server/token-server.js';
import { httpAnswer } from '../../fixtures/http-answer.js';
import { lasting, ScriptedCredentials, tokens, turn } from '../../fixtures/scripted-credentials.js';
import { anInfo } from '../../fixtures/service-account.js';
import { aRegistry, failureOf, HOUR_MS, MINUTE_MS } from '../../fixtures/token-server.js';

/** Many users of one client, and the issuer that they ask. */
async function users(count: number) {
  const clock = manualClock();
  // Never stopped: what is under way waits for a clock that nobody moves any more.
  const registry = new TokenRegistry();
  const issuer = { isDown: false, requests: 0, inFlight: 0, mostInFlight: 0, status: 503, body: {} as object };
  const transport: Transport = async () => {
    issuer.requests += 1;
    issuer.inFlight += 1;
    issuer.mostInFlight = Math.max(issuer.mostInFlight, issuer.inFlight);
    await clock.sleep(50);
    issuer.inFlight -= 1;
    if (issuer.isDown) return httpAnswer(issuer.status, issuer.body);
    return httpAnswer(200, { access_token: `token-${String(issuer.requests)}`, expires_in: 3_600 });
  };
  const servers: TokenServer[] = [];
  for (let index = 0; index < count; index += 1) {
    const source = new UserCredentials({
      refreshToken: `refresh-${String(index)}`,
      clientId: 'client',
      clientSecret: 'hush',
      tokenUri: 'https://issuer.example.com/token',
      ...{ clock, transport },
    });
    servers.push(await TokenServer.start({ name: `user-${String(index)}`, source, clock, registry }));
  }
  return { clock, issuer, servers };
}

// What is loaded with the first refresh takes real time, in which a manual clock would pass minutes.
beforeAll(async () => {
  const transport: Transport = async () => httpAnswer(200, { access_token: 'token', expires_in: 3_600 });
  const user = { refreshToken: 'r', clientId: 'c', clientSecret: 's', tokenUri: 'https://issuer.example.com/token' };
  await new UserCredentials({ ...user, transport }).refresh();
});

function usable(servers: readonly TokenServer[]): number {
  return servers.filter(({ state }) => state.tokenState !== 'invalid').length;
}

describe('a thousand names of one issuer and client', () => {
  it('F45 F46 that start while it is down ask it tens of times, and not thousands', async () => {
    const { clock, issuer, servers } = await users(1_000);
    issuer.isDown = true;

    await clock.advance(10 * MINUTE_MS);

    expect(issuer.requests).toBeLessThan(32 + 10 * 13);
    expect(issuer.requests).toBeGreaterThan(100);
    expect(usable(servers)).toBe(0);
  });

  it('F45 come back without a rush when it does', async () => {
    const { clock, issuer, servers } = await users(1_000);
    issuer.isDown = true;
    await clock.advance(HOUR_MS);
    issuer.isDown = false;
    issuer.mostInFlight = 0;
    const before = issuer.requests;

    await clock.advance(36_000);

    expect(issuer.mostInFlight).toBeLessThanOrEqual(32);
    expect(usable(servers)).toBe(1_000);
    expect(issuer.requests - before).toBeLessThanOrEqual(1_010);
  });

  it('F45 fail at once for callers while it is down, whether their own name was tried or not', async () => {
    const { clock, issuer, servers } = await users(1_000);
    issuer.isDown = true;
    await clock.advance(5_000);
    const before = issuer.requests;

    const failures = await Promise.all(servers.map((server) => failureOf(server.fetch())));

    expect(issuer.requests).toBe(before);
    expect(new Set(failures.map(({ code }) => code))).toEqual(new Set(['server_unavailable']));
    for (const { nextAttemptAt } of failures) expect(nextAttemptAt).toBeGreaterThan(clock.now());
  });

  it('F45 whose callers wait in the queue are told when the issuer turns out to be down', async () => {
    const { clock, issuer, servers } = await users(200);
    issuer.isDown = true;
    const outcomes = Promise.all(servers.map((server) => failureOf(server.fetch())));

    // Somebody waits, so that each request is sent three times; nobody waits for the timeout of five seconds.
    await clock.advance(4_000);

    expect(new Set((await outcomes).map(({ code }) => code))).toEqual(new Set(['server_unavailable']));
    expect(issuer.requests).toBeLessThanOrEqual(32 * 3);
  });

  it('F3 leave it alone together for as long as it asks', async () => {
    const { clock, issuer } = await users(500);
    issuer.isDown = true;
    issuer.status = 429;
    issuer.body = {};
    await clock.advance(50);
    const before = issuer.requests;

    await clock.advance(4_000);

    expect(before).toBeLessThanOrEqual(32);
    expect(issuer.requests - before).toBeLessThanOrEqual(32);
  });

  it('are held off together where the client is refused', async () => {
    const { clock, issuer } = await users(500);
    issuer.isDown = true;
    issuer.status = 401;
    issuer.body = { error: 'invalid_client' };

    await clock.advance(HOUR_MS);

    expect(issuer.requests).toBeLessThanOrEqual(32 + 10);
  });

  it('do not hold each other up where one user has to sign in again', async () => {
    const { clock, issuer, servers } = await users(100);
    issuer.isDown = true;
    issuer.status = 400;
    issuer.body = { error: 'invalid_grant' };
    await clock.advance(1_000);
    expect(issuer.requests).toBe(100);

    issuer.isDown = false;
    await clock.advance(20 * MINUTE_MS);

    expect(usable(servers)).toBe(100);
  });

  it('F46 are refreshed over more than a minute, though they were minted together', async () => {
    const { clock, issuer } = await users(500);
    await clock.advance(5_000);
    await clock.advance(HOUR_MS - 305_000 - 5_000);
    const perSecond: number[] = [];

    for (let second = 0; second < 100; second += 1) {
      const before = issuer.requests;
      await clock.advance(1_000);
      perSecond.push(issuer.requests - before);
    }

    expect(perSecond.reduce((sum, count) => sum + count)).toBe(500);
    expect(perSecond.filter((count) => count > 0).length).toBeGreaterThan(60);
    expect(Math.max(...perSecond)).toBeLessThan(40);
  });
});

describe('names that look as if they asked the same issuer', () => {
  const down = () => {
    throw new RefreshError('rate_limited', 'down', { retryable: true, nextAttemptAt: Date.now() + HOUR_MS });
  };
  const issuer: Transport = async () => httpAnswer(200, { access_token: 'token', expires_in: 3_600 });
  const client = { clientId: 'client', clientSecret: 'hush', tokenUri: 'https://issuer.example.com/token' };

  it('F45 do not hold each other off where a handler fails in the place of a refresh token', async () => {
    const registry = aRegistry();
    const handled = new UserCredentials({ ...client, refreshHandler: down });
    const other = new UserCredentials({
      refreshHandler: () => ({ token: 't', expiry: new Date(Date.now() + HOUR_MS) }),
    });
    const refreshed = new UserCredentials({ ...client, refreshToken: 'r', transport: issuer });

    const failing = await TokenServer.start({ name: 'down', source: handled, registry, prefetch: 'sync' });
    const asked = await TokenServer.start({ name: 'up', source: refreshed, registry });
    const elsewhere = await TokenServer.start({ name: 'other', source: other, registry });

    expect(failing.state.lastError).toMatchObject({ code: 'rate_limited' });
    expect(await asked.tryFetch()).toMatchObject({ ok: true });
    expect(await elsewhere.tryFetch()).toMatchObject({ ok: true });
  });

  it('F45 do not hold off a service account that signs its tokens itself', async () => {
    const registry = aRegistry();
    const account = ServiceAccountCredentials.fromServiceAccountInfo(anInfo(), { scopes: 'a' });
    const transport: Transport = async () => httpAnswer(429, {}, { 'retry-after': '3000' });

    const failing = await TokenServer.start({
      name: 'down',
      source: account,
      request: transport,
      registry,
      prefetch: 'sync',
    });
    const signing = await TokenServer.start({ name: 'up', source: account.withAlwaysUseJwtAccess(true), registry });

    expect(failing.state.lastError).toMatchObject({ code: 'rate_limited' });
    expect(await signing.tryFetch()).toMatchObject({ ok: true });
  });

  it('F45 do not hold each other off where they ask metadata servers at two addresses', async () => {
    const registry = aRegistry();
    const request: Transport = async ({ url }) =>
      url.startsWith('http://127.0.0.1:8081/')
        ? httpAnswer(429, {}, { 'metadata-flavor': 'Google', 'retry-after': '3000' })
        : httpAnswer(
            200,
            { access_token: 't', expires_in: 3_600, token_type: 'Bearer' },
            { 'metadata-flavor': 'Google' },
          );
    const start = (name: string, url: string) =>
      TokenServer.start({ name, source: { metadata: { url } }, request, registry, prefetch: 'sync' });

    const failing = await start('down', 'http://127.0.0.1:8081');
    const healthy = await start('up', 'http://127.0.0.1:8080');

    expect(failing.state.lastError).toBeDefined();
    expect(await healthy.tryFetch()).toMatchObject({ ok: true });
  });
});

describe('many names of many issuers', () => {
  it('F58 share one timer, and refresh so many at once at most', async () => {
    const clock = manualClock();
    const registry = aRegistry();
    let [inFlight, most] = [0, 0];
    const mint = async () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await turn();
      inFlight -= 1;
      return tokens('t', clock.now() + HOUR_MS);
    };
    const sources = Array.from({ length: 2_000 }, () => new ScriptedCredentials({ clock, mint }));
    await Promise.all(
      sources.map((source, index) => TokenServer.start({ name: `n${String(index)}`, source, clock, registry })),
    );
    expect(clock.pending).toBe(1);

    for (let step = 0; step < 200; step += 1) await clock.advance(1);

    expect(most).toBeLessThanOrEqual(128);
    expect(sources.every(({ valid }) => valid)).toBe(true);
    expect(clock.pending).toBe(1);
  });

  it.each([
    ['from the start', 0],
    ['after they had worked for a while', 3_000],
  ])('F5 of which a thousand hang %s leave the others with a token at all times', async (_, worksForMs) => {
    const clock = manualClock();
    // Never stopped: what hangs waits for a clock that nobody moves any more.
    const registry = new TokenRegistry();
    const hangsFrom = clock.monotonic() + worksForMs;
    const mint = () =>
      clock.monotonic() < hangsFrom ? tokens('t', clock.now() + 2 * worksForMs) : new Promise<never>(() => undefined);
    const healthy = new ScriptedCredentials({ clock, mint: lasting(clock, 3_000) });
    await TokenServer.start({ name: 'healthy', source: healthy, clock, registry, prefetch: 'sync' });
    for (let index = 0; index < 1_000; index += 1)
      await TokenServer.start({
        name: `n${String(index)}`,
        source: new ScriptedCredentials({ clock, mint }),
        clock,
        registry,
      });
    const states = new Set<string>();

    for (let step = 0; step < 450; step += 1) {
      await clock.advance(100);
      // A look, and no request: that would refresh the token itself.
      states.add(healthy.tokenState);
    }

    expect(states).not.toContain('invalid');
  });

  it('that hang are all asked in the end, so many in a second', async () => {
    const clock = manualClock();
    const registry = new TokenRegistry();
    let asked = 0;
    const mint = () => ((asked += 1), new Promise<never>(() => undefined));
    for (let index = 0; index < 1_000; index += 1)
      await TokenServer.start({
        name: `n${String(index)}`,
        source: new ScriptedCredentials({ clock, mint }),
        clock,
        registry,
      });

    await clock.advance(200);
    const first = asked;
    await clock.advance(2_000);

    expect(first).toBe(128);
    expect(asked).toBe(1_000);
  });

  it('do not disturb each other: a failing one holds off nobody but itself', async () => {
    const clock = manualClock();
    const registry = aRegistry();
    const down = new ScriptedCredentials({
      clock,
      mint: () => Promise.reject(new RefreshError('server_unavailable', 'down', { retryable: true })),
    });
    const up = new ScriptedCredentials({ clock, mint: () => tokens('t', clock.now() + HOUR_MS) });
    const [failing, healthy] = await Promise.all([
      TokenServer.start({ name: 'down', source: down, clock, registry }),
      TokenServer.start({ name: 'up', source: up, clock, registry }),
    ]);

    await clock.advance(5 * MINUTE_MS);

    expect(failing.state.lastError).toMatchObject({ code: 'server_unavailable' });
    expect(await healthy.tryFetch(0)).toMatchObject({ ok: true });
  });
});

it('F58 A gate exists only while it is needed.', () => {
  const dispatcher = new Dispatcher(manualClock());
  const gate = dispatcher.openGate('issuer');
  const refresher = { rank: 0, place: -1, isAwaited: false, onDue: () => undefined };
  dispatcher.begin(gate, refresher, false);
  expect(dispatcher.gate('issuer')).toBe(gate);
  expect(dispatcher.openGate('issuer')).toBe(gate);

  dispatcher.end(gate, refresher, { error: undefined, beganAt: dispatcher.time.now() });

  expect(dispatcher.gate('issuer')).toBeUndefined();
});
