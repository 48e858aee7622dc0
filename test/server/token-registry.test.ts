import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { systemClock } from 'credence';
import { manualClock } from 'credence/testing';
import { defaultRegistry, TokenRegistry } from '../../src/server/token-registry.js';
import type { TokenServer } from '../../src/server/token-server.js';
import { tokens } from '../fixtures/scripted-credentials.js';
import { aRegistry, aServer, aWarmServer, failureOf } from '../fixtures/token-server.js';

test('A token is fetched by its name: the same promise for everybody.', async () => {
  const { registry } = await aWarmServer();

  const first = registry.fetch('n');

  expect(registry.fetch('n')).toBe(first);
  expect((await first).value).toBe('token-1');
  expect(await registry.tryFetch('n')).toEqual({ ok: true, token: await first });
});

test('A name that is not there fails with no_token, now and not for ever.', async () => {
  const registry = aRegistry();

  const failure = await failureOf(registry.fetch('nobody'));

  expect(failure).toMatchObject({ code: 'no_token', retryable: true });
  expect(await registry.tryFetch('nobody')).toEqual({
    ok: false,
    error: expect.objectContaining({ code: 'no_token' }),
  });
});

test('A name is given once, until its server is stopped.', async () => {
  const { registry, server } = await aServer();

  await expect(aServer({ registry })).rejects.toThrow('"name" must be one that no running token server');

  await server.stop();
  const { server: next } = await aServer({ registry });
  expect(registry.get('n')).toBe(next);
});

test('Of two that are started at once with one name, one is.', async () => {
  const registry = aRegistry();

  const started = await Promise.allSettled([aServer({ registry }), aServer({ registry })]);

  expect(started.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(registry.size).toBe(1);
});

test('It lists its servers.', async () => {
  const registry = aRegistry();
  await aServer({ registry, name: 'a' });
  await aServer({ registry, name: 'b' });

  expect(registry.names).toEqual(['a', 'b']);
  expect(registry.size).toBe(2);
});

test('Registries know nothing of each other.', async () => {
  const [one, other] = [await aServer(), await aServer()];

  expect(one.registry.get('n')).toBe(one.server);
  expect(other.registry.get('n')).toBe(other.server);
  expect(defaultRegistry.get('n')).toBeUndefined();
});

test('F54 It stops all its servers, and leaves no timer behind.', async () => {
  const clock = manualClock();
  const servers: TokenServer[] = [];
  {
    await using registry = new TokenRegistry();
    for (const name of ['a', 'b']) servers.push((await aServer({ registry, clock, name })).server);
  }

  expect(await Promise.all(servers.map((server) => server.tryFetch()))).toMatchObject([{ ok: false }, { ok: false }]);
  expect(clock.pending).toBe(0);
});

test('F78 It shows no secret.', async () => {
  const { registry } = await aWarmServer({ mint: () => tokens('secret-token') });

  const shown = `${inspect(registry, { depth: 20, showHidden: true })} ${JSON.stringify(registry)}`;

  expect(shown).not.toContain('secret-token');
  expect(JSON.stringify(registry)).toBe('{"names":["n"]}');
});

test('Servers of one clock share what they know, and those of another do not.', () => {
  const registry = new TokenRegistry();

  expect(registry.dispatcherFor(systemClock)).toBe(registry.dispatcherFor(systemClock));
  expect(registry.dispatcherFor(manualClock())).not.toBe(registry.dispatcherFor(systemClock));
});
