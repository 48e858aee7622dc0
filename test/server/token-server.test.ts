import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AnonymousCredentials, JwtCredentials, systemClock, type TokenSet } from 'credence';
import { authorizedFetch } from 'credence/interop';
import { manualClock } from 'credence/testing';
import type { TokenServerOptions } from '../../src/server/server-options.js';
import { defaultRegistry } from '../../src/server/token-registry.js';
import { TokenServer } from '../../src/server/token-server.js';
import { childOf } from '../contract/child.js';
import { lasting, ScriptedCredentials, tokens } from '../fixtures/scripted-credentials.js';
import { claimsOf, EMAIL, SIGNER } from '../fixtures/service-account.js';
import { aRegistry, aServer, aWarmServer, failureOf, HOUR_MS } from '../fixtures/token-server.js';
import { anEmulator, aUser } from '../fixtures/user.js';

afterEach(async () => {
  vi.unstubAllEnvs();
  await defaultRegistry.stop();
});

describe('start()', () => {
  it('asks in the background by default, and does not wait', async () => {
    const { server } = await aServer();

    expect(server.state.tokenState).toBe('invalid');
  });

  it('with prefetch "sync" waits for the first attempt', async () => {
    const { credentials, server } = await aServer({ prefetch: 'sync' });

    expect(server.state.tokenState).toBe('fresh');
    expect(credentials.mints).toBe(1);
  });

  it('with prefetch "sync" does not fail where that attempt does: retries have begun', async () => {
    const clock = manualClock();
    let isDown = true;
    const mint = () => (isDown ? Promise.reject(new Error('down')) : tokens('t', clock.now() + HOUR_MS));

    const { server } = await aServer({ clock, mint, prefetch: 'sync' });

    expect(server.state.lastError).toMatchObject({ code: 'source_failed' });
    isDown = false;
    await clock.advance(30_000);
    expect(await server.tryFetch(0)).toMatchObject({ ok: true });
  });

  it('F82 with a clock that cannot schedule it fails, and the name is free again', async () => {
    const registry = aRegistry();
    const schedule = (): never => {
      throw new Error('no timers left');
    };
    const source = (): TokenSet => tokens('t');

    await expect(
      TokenServer.start({ name: 'one', registry, source, clock: { ...systemClock, schedule } }),
    ).rejects.toThrow('no timers left');

    await using server = await TokenServer.start({ name: 'one', registry, source, prefetch: 'sync' });
    expect((await server.fetch()).value).toBe('t');
  });

  it('F50 where the clock was ahead, a JWT is signed anew for whoever asks', async () => {
    const clock = manualClock();
    clock.stepWall(2 * HOUR_MS);
    const source = new JwtCredentials({ signer: SIGNER, issuer: EMAIL, audience: 'https://example.com/', clock });
    await using server = await TokenServer.start({
      name: 'jwt',
      registry: aRegistry(),
      source,
      clock,
      prefetch: 'sync',
    });
    clock.stepWall(-2 * HOUR_MS);
    await clock.advance(1_000);

    await server.fetch();
    await clock.advance(5_000);
    await server.fetch();

    await expect
      .poll(async () => claimsOf(`Bearer ${(await server.fetch()).value}`)['iat'])
      .toBe(Math.floor(clock.now() / 1_000));
  });

  it('uses the default registry where none is given', async () => {
    await TokenServer.start({ name: 'by-default', source: () => tokens('t') });

    expect((await TokenServer.fetch('by-default')).value).toBe('t');
    expect(await TokenServer.tryFetch('by-default')).toMatchObject({ ok: true });
    expect(await TokenServer.tryFetch('nobody')).toMatchObject({ ok: false });
  });

  it.each<object>([
    {},
    { name: '' },
    { name: 'n', source: 5 },
    { name: 'n', registry: {} },
    { name: 'n', maxRetries: -1 },
    { name: 'n', scopes: 1 },
    { name: 'n', source: () => tokens('t'), scopes: 'a' },
    { name: 'n', source: new AnonymousCredentials() },
  ])('refuses %j with a TypeError', async (options) => {
    await expect(TokenServer.start(options as TokenServerOptions)).rejects.toThrow(TypeError);
    expect(defaultRegistry.size).toBe(0);
  });

  it('without a source finds default credentials at the first attempt, and goes on looking until there are some', async () => {
    const emulator = await anEmulator();
    const { path } = await emulator.serviceAccount();
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', `${path}.gone`);
    const server = await TokenServer.start({ name: 'adc', registry: aRegistry(), prefetch: 'sync' });
    expect(server.credentials).toBeUndefined();
    expect(server.state.lastError?.message).toContain('GOOGLE_APPLICATION_CREDENTIALS');
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', path);

    await server.refresh();

    expect(server.credentials).toBeDefined();
    expect(await server.tryFetch(0)).toMatchObject({ ok: true });
    expect(emulator.requests.token).toBe(1);
    await server.stop();
  });
});

describe('fetch()', () => {
  it('gives the token at once and without I/O', async () => {
    const { credentials, server } = await aWarmServer();

    const first = server.fetch();

    expect(server.fetch()).toBe(first);
    expect(await server.fetch(0)).toBe(await first);
    expect(credentials.mints).toBe(1);
  });

  it('F55 with a signal that has aborted gives its reason, token or not', async () => {
    const { server } = await aWarmServer();

    await expect(server.fetch({ signal: AbortSignal.abort('gone') })).rejects.toBe('gone');
    await expect(server.tryFetch({ signal: AbortSignal.abort('gone') })).rejects.toBe('gone');
    await expect(server.refresh({ signal: AbortSignal.abort('gone') })).rejects.toBe('gone');
  });

  it.each([NaN, -1, 'soon', { timeout: 5 }])('rejects for a wait of %j', async (wait) => {
    const { server } = await aWarmServer();

    await expect(server.fetch(wait as number)).rejects.toThrow(TypeError);
  });
});

describe('refresh()', () => {
  it.each([null, 1, 'soon', { bogus: 1 }, { signal: 1 }])('rejects for the options %j', async (options) => {
    const { credentials, server } = await aWarmServer();

    await expect(server.refresh(options as never)).rejects.toThrow(TypeError);
    await expect(server.refresh(options as never)).rejects.toThrow(/^"(?:options|signal)" must/);
    expect(credentials.mints).toBe(1);
  });
});

describe('against an endpoint', () => {
  it('makes one request for each attempt that nobody waits for', async () => {
    const clock = manualClock();
    const { credentials, emulator } = await aUser({ clock });
    emulator.faults.always('token', { status: 503 });
    const server = await TokenServer.start({ name: 'n', source: credentials, clock, registry: aRegistry() });

    await clock.advance(0);
    await expect.poll(() => server.state.retries).toBe(1);

    expect(emulator.requests.token).toBe(1);
    await server.stop();
  });

  it('F5 F8 repeats a request while a caller waits', async () => {
    const { credentials, emulator } = await aUser();
    emulator.faults.next('token', { status: 503 }, { times: 2 });
    const server = await TokenServer.start({ name: 'n', source: credentials, registry: aRegistry() });

    const token = await server.fetch();

    expect(token.value).toBe(credentials.token);
    expect(emulator.requests.token).toBe(3);
    await server.stop();
  });

  it('F3 honours its Retry-After', async () => {
    const clock = manualClock();
    const { credentials, emulator } = await aUser({ clock });
    emulator.faults.always('token', { status: 429, headers: { 'retry-after': '120' } });
    const server = await TokenServer.start({ name: 'n', source: credentials, clock, registry: aRegistry() });
    await clock.advance(0);
    await expect.poll(() => server.state.retries).toBe(1);

    const failure = await failureOf(server.fetch());

    expect(failure.code).toBe('rate_limited');
    expect(failure.nextAttemptAt! - clock.now()).toBeGreaterThanOrEqual(119_000);
    await clock.advance(119_000);
    expect(emulator.requests.token).toBe(1);
    await server.stop();
  });

  it('F1 serves the token it has while the endpoint refuses connections', async () => {
    const { credentials, emulator } = await aUser();
    const server = await TokenServer.start({ name: 'n', source: credentials, registry: aRegistry(), prefetch: 'sync' });
    await emulator.outage(true);

    await expect(server.refresh()).rejects.toMatchObject({ code: 'endpoint_unreachable' });

    expect(await server.tryFetch(0)).toMatchObject({ ok: true });
    const response = await authorizedFetch(credentials)(emulator.apiUrl).catch(() => undefined);
    expect(response).toBeUndefined();
    await server.stop();
  });

  it.each([
    ['F17 without expires_in', { access_token: 'a', token_type: 'Bearer' }],
    ['F18 with an expires_in of text', { access_token: 'a', expires_in: '300', token_type: 'Bearer' }],
  ])('%s keeps a token of five minutes fresh', async (_, json) => {
    const clock = manualClock();
    const { credentials, emulator } = await aUser({ clock });
    emulator.faults.always('token', { status: 200, body: json });
    const server = await TokenServer.start({ name: 'n', source: credentials, clock, registry: aRegistry() });
    await server.fetch();

    const inMs = server.state.nextRefreshAt! - clock.now();

    expect(inMs).toBeGreaterThanOrEqual(199_000);
    expect(inMs).toBeLessThanOrEqual(226_000);
    await server.stop();
  });

  it('F56 that rotates refresh tokens is done with before stop() resolves: the new one is saved', async () => {
    const saved: string[] = [];
    const onTokens = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      saved.push('saved');
    };
    const { credentials, emulator } = await aUser({
      rotateRefreshTokens: true,
      latencyMs: 20,
      credentials: { onTokens },
    });
    const server = await TokenServer.start({ name: 'n', source: credentials, registry: aRegistry() });
    const waiting = server.fetch();
    await expect.poll(() => emulator.requests.token).toBe(1);

    await server.stop();

    expect(saved).toEqual(['saved']);
    expect((await waiting).value).toBe(credentials.token);
  });
});

describe('what it shows', () => {
  it('F78 is never a secret', async () => {
    const { server } = await aWarmServer({ mint: () => tokens('secret-token') });

    const shown = [inspect(server, { depth: 20, showHidden: true }), JSON.stringify(server), inspect(server.state)];

    expect(shown.join()).not.toContain('secret-token');
    expect(shown[0]).toContain('"name":"n"');
    expect(Object.isFrozen(server)).toBe(true);
  });
});

describe('await using', () => {
  it('F54 stops it', async () => {
    const clock = manualClock();
    const source = new ScriptedCredentials({ clock, mint: lasting(clock, HOUR_MS) });
    {
      await using server = await TokenServer.start({ name: 'n', source, clock, registry: aRegistry() });
      await server.fetch();
    }

    expect(clock.pending).toBe(0);
  });
});

describe('a process', () => {
  const HANGING = '() => new Promise(() => {})';

  it('F54 is held for whoever stops a server while a refresh that nobody waits for is under way', async () => {
    using child = await childOf('src/server/index.ts');

    const output = await child.run(`
      import { TokenServer } from './entry.mjs';
      const slow = async () => {
        await new Promise((resolve) => setTimeout(resolve, 300).unref());
        return { token: 't', expiry: new Date(Date.now() + 3_600_000) };
      };
      const server = await TokenServer.start({ name: 'slow', source: slow });
      while (!server.state.refreshing) await new Promise((resolve) => setTimeout(resolve, 5));
      console.log(server.state.refreshing);
      await server.stop();
      console.log('cleaned up');
    `);

    expect(output.trim()).toBe('true\ncleaned up');
  });

  it('F54 is held for a caller in the queue of an issuer, who gets timed_out', async () => {
    using child = await childOf('src/server/index.ts');

    const output = await child.run(`
      import { TokenServer } from './entry.mjs';
      const start = (name) => TokenServer.start({
        name,
        source: { refreshToken: { type: 'authorized_user', client_id: 'c', client_secret: 's', refresh_token: name } },
        request: ${HANGING},
      });
      for (let i = 0; i < 32; i += 1) await start('n' + i);
      await new Promise((resolve) => setTimeout(resolve, 50));
      const last = await start('last');
      await new Promise((resolve) => setTimeout(resolve, 50));
      const waiting = last.tryFetch(200);
      console.log(last.state.refreshing, (await waiting).error?.code);
    `);

    expect(output.trim()).toBe('false timed_out');
  });

  it('F54 ends once its only caller has left, though the source hangs', async () => {
    using child = await childOf('src/server/index.ts');

    // A child that goes on for thirty seconds fails.
    const output = await child.run(`
      import { TokenServer } from './entry.mjs';
      const server = await TokenServer.start({ name: 'hangs', source: ${HANGING} });
      console.log((await server.tryFetch(50)).error.code, server.state.refreshing);
    `);

    expect(output.trim()).toBe('timed_out true');
  });

  const SOURCE = `() => ({ token: 'from-' + (globalThis.who ?? 'main'), expiry: new Date(Date.now() + 3_600_000) })`;

  it('F54 with nothing left but token servers ends at once', async () => {
    using child = await childOf('src/server/index.ts');

    const output = await child.run(`
      import { TokenServer } from './entry.mjs';
      for (let i = 0; i < 100; i += 1) await TokenServer.start({ name: 'n' + i, source: ${SOURCE}, prefetch: 'sync' });
      await TokenServer.start({ name: 'failing', source: () => { throw new Error('down'); } });
      await new Promise((resolve) => setTimeout(resolve, 50));
      console.log((await TokenServer.fetch('n7')).value, (await TokenServer.tryFetch('failing')).ok);
    `);

    expect(output.trim()).toBe('from-main false');
  });

  it('F47 and its worker threads each have their own servers', async () => {
    using child = await childOf('src/server/index.ts');
    child.write(
      'worker.mjs',
      `
      import { parentPort } from 'node:worker_threads';
      import { TokenServer } from './entry.mjs';
      globalThis.who = 'worker';
      await TokenServer.start({ name: 'n', source: ${SOURCE} });
      parentPort.postMessage((await TokenServer.fetch('n')).value);
      `,
    );

    const output = await child.run(`
      import { Worker } from 'node:worker_threads';
      import { TokenServer } from './entry.mjs';
      await TokenServer.start({ name: 'n', source: ${SOURCE} });
      const worker = new Worker(new URL('./worker.mjs', import.meta.url));
      const theirs = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
      console.log((await TokenServer.fetch('n')).value, theirs);
    `);

    expect(output.trim()).toBe('from-main from-worker');
  });

  it('F47 that was forked begins anew', async () => {
    using child = await childOf('src/server/index.ts');
    child.write(
      'forked.mjs',
      `
      import { TokenServer } from './entry.mjs';
      globalThis.who = 'forked';
      const before = await TokenServer.tryFetch('n');
      await TokenServer.start({ name: 'n', source: ${SOURCE} });
      process.send(before.ok + ' ' + (await TokenServer.fetch('n')).value, () => process.disconnect());
      `,
    );

    const output = await child.run(`
      import { fork } from 'node:child_process';
      import { TokenServer } from './entry.mjs';
      await TokenServer.start({ name: 'n', source: ${SOURCE}, prefetch: 'sync' });
      const theirs = await new Promise((resolve) => fork(new URL('./forked.mjs', import.meta.url)).once('message', resolve));
      console.log((await TokenServer.fetch('n')).value, theirs);
    `);

    expect(output.trim()).toBe('from-main false from-forked');
  });
});
