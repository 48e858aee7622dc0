import { expect, test } from 'vitest';
import { serverPlan } from '../../src/server/server-plan.js';

test('The plan of nobody is that of Goth, and the same object for all.', () => {
  expect(serverPlan({})).toBe(serverPlan({ backoffType: undefined }));
  expect(serverPlan({})).toEqual({
    policy: {
      refreshBeforeMs: 300_000,
      refreshAfterMs: undefined,
      maxRetries: 20,
      backoff: { type: 'rand_exp', minMs: 1_000, maxMs: 30_000 },
    },
    retryDelay: undefined,
  });
});

test.each([
  [{ backoffMinMs: 60_000 }, { minMs: 60_000, maxMs: 60_000 }],
  [{ backoffMinMs: 10 }, { minMs: 10, maxMs: 30_000 }],
  [{ backoffMaxMs: 500 }, { minMs: 500, maxMs: 500 }],
  [{ backoffMaxMs: 90_000 }, { minMs: 1_000, maxMs: 90_000 }],
  [
    { backoffMinMs: 5, backoffMaxMs: 7 },
    { minMs: 5, maxMs: 7 },
  ],
])('%j makes the bounds %j.', (options, bounds) => {
  expect(serverPlan(options).policy.backoff).toMatchObject(bounds);
});

test.each<[string, object]>([
  ['refreshBeforeMs', { refreshBeforeMs: -1 }],
  ['refreshBeforeMs', { refreshBeforeMs: Infinity }],
  ['refreshBeforeMs', { refreshBeforeMs: '300' }],
  ['refreshAfterMs', { refreshAfterMs: 0 }],
  ['refreshAfterMs', { refreshAfterMs: 1, refreshBeforeMs: 1 }],
  ['maxRetries', { maxRetries: -1 }],
  ['maxRetries', { maxRetries: 1.5 }],
  ['backoffMinMs', { backoffMinMs: 0 }],
  ['backoffMinMs', { backoffMinMs: 1.5 }],
  ['backoffMaxMs', { backoffMaxMs: -1 }],
  ['backoffMinMs', { backoffMinMs: 10, backoffMaxMs: 5 }],
  ['backoffType', { backoffType: 'linear' }],
  ['retryDelay', { retryDelay: 5 }],
])('A wrong %s is a TypeError that names it: %j.', (name, options) => {
  expect(() => serverPlan(options)).toThrow(TypeError);
  expect(() => serverPlan(options)).toThrow(`"${name}"`);
});
