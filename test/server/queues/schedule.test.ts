import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  askedMs,
  boundedRetryMs,
  refreshDelayMs,
  retryDelay,
  type Failure,
  type RefreshPolicy,
  type TokenLife,
} from '../../../src/server/queues/schedule.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../fixtures/token-server.js';

const NOW = 1_000_000;

function policy(overrides: Partial<RefreshPolicy> = {}): RefreshPolicy {
  const backoff = { type: 'exp', minMs: 1_000, maxMs: 30_000 } as const;
  return { refreshBeforeMs: 300_000, refreshAfterMs: undefined, maxRetries: 20, backoff, ...overrides };
}

function life(lifetimeMs: number | undefined, overrides: Partial<TokenLife> = {}): TokenLife {
  const endsAt = lifetimeMs === undefined ? undefined : NOW + lifetimeMs;
  return { receivedAt: NOW, endsAt, jitter: 0, isRepeated: false, ...overrides };
}

function failure(overrides: Partial<Failure> = {}): Failure {
  const none = { heldMs: 0, previousMs: undefined, isExhausted: false, lifetimeMs: 0, remainingMs: 0, askedMs: 0 };
  return { failures: 1, nature: 'passing', random: 0.5, ...none, ...overrides };
}

describe('a refresh', () => {
  it('of an hour-long token comes five minutes before its end', () => {
    expect(refreshDelayMs(life(HOUR_MS), NOW, policy())).toBe(HOUR_MS - 300_000);
  });

  it('is put off by jitter as far as the window of the credentials, and no further', () => {
    const latest = refreshDelayMs(life(HOUR_MS, { jitter: 1 - Number.EPSILON }), NOW, policy());

    expect(latest).toBeCloseTo(HOUR_MS - 225_000, 3);
  });

  it('comes on the dot where no jitter is wanted', () => {
    const punctual = policy({ refreshBeforeMs: 10_000, jitterShare: 0 });

    expect(refreshDelayMs(life(HOUR_MS, { jitter: 0.9 }), NOW, punctual)).toBe(HOUR_MS - 10_000);
  });

  it.each([
    [900_000, 600_000],
    [300_000, 200_000],
    [30_000, 20_000],
  ])('F19 of a token that lives %i ms comes after two thirds of its life', (lifetimeMs, delayMs) => {
    expect(refreshDelayMs(life(lifetimeMs), NOW, policy())).toBeCloseTo(delayMs, 6);
  });

  it.each([
    [25_000, 15_000],
    [20_000, 10_000],
    [10_000, 5_000],
    [1_000, 500],
  ])(
    'F19 of a token that lives %i ms comes ten seconds before its end, or after half of its life',
    (lifetimeMs, delayMs) => {
      expect(refreshDelayMs(life(lifetimeMs), NOW, policy())).toBeCloseTo(delayMs, 6);
    },
  );

  it.each([0, -5_000, 10, 300])(
    'F18 F19 of a token that lives %i ms comes no sooner than after 250 ms',
    (lifetimeMs) => {
      expect(refreshDelayMs(life(lifetimeMs), NOW, policy())).toBe(250);
    },
  );

  it('F52 of a token that lives forty days comes five minutes before its end', () => {
    expect(refreshDelayMs(life(40 * DAY_MS), NOW, policy())).toBe(40 * DAY_MS - 300_000);
  });

  it('F18 is planned for a year ahead at most', () => {
    expect(refreshDelayMs(life(1e15), NOW, policy())).toBe(366 * DAY_MS);
  });

  it('of a token that never ends never comes', () => {
    expect(refreshDelayMs(life(undefined), NOW, policy())).toBe(Infinity);
  });

  it('with refreshAfterMs comes that long after the token, also where it never ends', () => {
    const after = policy({ refreshAfterMs: 50 * MINUTE_MS });

    expect(refreshDelayMs(life(HOUR_MS), NOW, after)).toBe(50 * MINUTE_MS);
    expect(refreshDelayMs(life(undefined), NOW, after)).toBe(50 * MINUTE_MS);
  });

  it('with refreshAfterMs never comes later than it would without', () => {
    const after = policy({ refreshAfterMs: 2 * HOUR_MS });

    expect(refreshDelayMs(life(HOUR_MS), NOW, after)).toBe(HOUR_MS - 300_000);
  });

  it('of a token that came before counts from its own receipt', () => {
    expect(refreshDelayMs(life(HOUR_MS), NOW + 10 * MINUTE_MS, policy())).toBe(45 * MINUTE_MS);
  });

  it('of a token that the source gave twice comes after a quarter of what is left', () => {
    const again = life(300_000, { isRepeated: true });

    expect(refreshDelayMs(again, NOW, policy())).toBe(75_000);
    expect(refreshDelayMs(again, NOW + 299_900, policy())).toBe(250);
  });

  it('is never planned for less than the floor nor later than the end of the token, unless the floor is later', () => {
    const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: DAY_MS }),
        draw,
        fc.boolean(),
        fc.nat(HOUR_MS),
        (ms, jitter, isRepeated, before) => {
          const delayMs = refreshDelayMs(life(ms, { jitter, isRepeated }), NOW, policy({ refreshBeforeMs: before }));

          expect(delayMs).toBeGreaterThanOrEqual(250);
          expect(delayMs).toBeLessThanOrEqual(Math.max(250, ms));
        },
      ),
    );
  });
});

describe('a retry', () => {
  it('waits as the backoff says, whose delays are made from each other', () => {
    const first = retryDelay(failure(), policy());
    const second = retryDelay(failure({ failures: 2, previousMs: first.ownMs }), policy());

    expect([first.delayMs, second.delayMs]).toEqual([1_000, 2_000]);
  });

  it('comes sooner where little is left of a token: at least six fit in', () => {
    const { delayMs, ownMs } = retryDelay(
      failure({ previousMs: 16_000, lifetimeMs: HOUR_MS, remainingMs: 60_000 }),
      policy(),
    );

    expect(delayMs).toBe(10_000);
    expect(ownMs).toBe(30_000);
  });

  it('does not come faster than the shortest delay near the end of a long life, nor than a fortieth of a short one', () => {
    const late = { previousMs: 16_000, remainingMs: 1 };

    expect(retryDelay(failure({ ...late, lifetimeMs: HOUR_MS }), policy()).delayMs).toBe(1_000);
    expect(retryDelay(failure({ ...late, lifetimeMs: 10_000 }), policy()).delayMs).toBe(250);
    expect(retryDelay(failure({ ...late, lifetimeMs: 100 }), policy()).delayMs).toBe(50);
  });

  it('F4 waits longer than that where the issuer asks for it', () => {
    expect(retryDelay(failure({ askedMs: 7_000 }), policy()).delayMs).toBe(7_000);
    expect(retryDelay(failure({ askedMs: 7_000, previousMs: 16_000 }), policy()).delayMs).toBe(30_000);
  });

  it('after the last of them waits the longest delay', () => {
    expect(retryDelay(failure({ isExhausted: true }), policy()).delayMs).toBe(30_000);
  });

  it('waits for an operator as long as that is given, and for a sign-in a quarter of an hour, doubling up to six hours', () => {
    const permanent = (failures: number): number =>
      retryDelay(failure({ nature: 'permanent', failures }), policy()).delayMs;

    expect(retryDelay(failure({ nature: 'operator', heldMs: 60_000 }), policy()).delayMs).toBe(60_000);
    expect([1, 2, 3, 50].map(permanent)).toEqual([15, 30, 60, 360].map((minutes) => minutes * MINUTE_MS));
  });
});

test.each([
  [0, 50],
  [49, 50],
  [7_000, 7_000],
  [1e12, 6 * HOUR_MS],
])('A delay of %i ms is kept within bounds as %i ms.', (delayMs, bounded) => {
  expect(boundedRetryMs(delayMs)).toBe(bounded);
});

describe('Retry-After', () => {
  it('F3 is honoured up to an hour, with jitter', () => {
    expect(askedMs({ nextAttemptAt: NOW + 5_000 }, NOW, 0.5)).toBe(5_250);
    expect(askedMs({ nextAttemptAt: NOW + DAY_MS }, NOW, 0)).toBe(HOUR_MS);
  });

  it.each([undefined, NOW, NOW - 1, NaN, -Infinity])('F3 that says %s asks for nothing', (nextAttemptAt) => {
    expect(askedMs({ ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }) }, NOW, 0.5)).toBe(0);
  });
});
