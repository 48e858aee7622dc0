import { expect, test } from 'vitest';
import { manualClock } from 'credence/testing';
import { loadLruCache } from '../../../src/cache/lru.js';
import { poolParts } from '../../../src/server/pool/pool-options.js';
import { poolRequest } from '../../../src/server/pool/pool-request.js';
import { PooledTokens, poolStopped } from '../../../src/server/pool/pooled-tokens.js';
import { TokenRegistry } from '../../../src/server/token-registry.js';
import { thrownBy } from '../../fixtures/http-answer.js';
import { anAccount } from '../../fixtures/token-pool.js';

const Cache = await loadLruCache();

function theTokens(maxTokens = 10) {
  const clock = manualClock();
  const parts = poolParts({ serviceAccount: anAccount(clock), maxTokens, clock, registry: new TokenRegistry() });
  const tokens = new PooledTokens(Cache, parts);
  return { tokens, request: (scope: string) => poolRequest(parts.accounts, scope, {}) };
}

test('One question has one keeper, until another is put in its place.', () => {
  const { tokens, request } = theTokens();

  const keeper = tokens.obtain(request('a'));
  const again = tokens.obtain(request('a'));
  const other = tokens.put(request('a'), request('a').credentials());

  expect(again).toBe(keeper);
  expect(other).not.toBe(keeper);
  expect(tokens.get(request('a'))).toBe(other);
  expect(tokens.size).toBe(1);
});

test('F58 A keeper that had to make room is gone.', () => {
  const { tokens, request } = theTokens(1);
  tokens.obtain(request('a'));

  tokens.obtain(request('b'));

  expect(tokens.get(request('a'))).toBeUndefined();
  expect(tokens.size).toBe(1);
});

test('F54 After a stop there is none, and none is made.', async () => {
  const { tokens, request } = theTokens();
  const keeper = tokens.obtain(request('a'));

  await tokens.stop();

  expect(tokens.get(request('a'))).toBeUndefined();
  expect(thrownBy(() => tokens.obtain(request('a')))).toMatchObject({ code: 'no_token' });
  await expect(keeper.obtain({ timeoutMs: Infinity, signal: undefined })).rejects.toMatchObject({ code: 'no_token' });
});

test('Whoever asks a pool that was stopped is told so.', () => {
  expect(poolStopped()).toMatchObject({ code: 'no_token', message: 'The token pool was stopped. Make another one.' });
});
