import { expect, test } from 'vitest';
import { systemClock } from 'credence';
import { poolParts } from '../../../src/server/pool/pool-options.js';
import { defaultRegistry, TokenRegistry } from '../../../src/server/token-registry.js';
import { anInfo } from '../../fixtures/service-account.js';

const KEY = { serviceAccount: anInfo() };

test('Ten thousand tokens are held, each refreshed ten seconds before its end, by what all servers share.', () => {
  const parts = poolParts(KEY);

  expect(parts).toMatchObject({ maxTokens: 10_000, refreshBeforeMs: 10_000, request: undefined });
  expect(parts.plan.policy).toMatchObject({ refreshBeforeMs: 10_000, refreshAfterMs: undefined, jitterShare: 0 });
  expect(parts.dispatcher).toBe(defaultRegistry.dispatcherFor(systemClock));
});

test('Every option counts.', () => {
  const [registry, transport] = [new TokenRegistry(), () => Promise.reject(new Error())];

  const parts = poolParts({ ...KEY, maxTokens: 1, refreshBeforeMs: 0, transport, registry });

  expect(parts).toMatchObject({ maxTokens: 1, refreshBeforeMs: 0, request: transport });
  expect(parts.plan.policy.refreshBeforeMs).toBe(0);
  expect(parts.dispatcher).toBe(registry.dispatcherFor(systemClock));
});

test.each<[string, object]>([
  ['"maxTokens" must be a positive whole number', { maxTokens: 0 }],
  ['"maxTokens" must be a positive whole number', { maxTokens: 1.5 }],
  ['"refreshBeforeMs" must be a number of milliseconds', { refreshBeforeMs: -1 }],
  ['"refreshBeforeMs" must be a number of milliseconds', { refreshBeforeMs: '10' }],
  ['"transport" must be', { transport: 7 }],
  ['"clock" must have a method "now"', { clock: {} }],
  ['"registry" must be a TokenRegistry', { registry: {} }],
  ['"options" must not hold "maxToken"', { maxToken: 7 }],
])('A wrong option is named: %s.', (message, options) => {
  const make = (): unknown => poolParts({ ...KEY, ...options });

  expect(make).toThrow(TypeError);
  expect(make).toThrow(message);
});
