import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RefreshError } from 'credence';
import { heldOffError, holdOffAfter, type HoldOff } from '../../src/tokens/hold-off.js';

const transient = new RefreshError('server_unavailable', 'down.', { retryable: true, status: 503 });
const operator = new RefreshError('request_refused', 'wrong secret.');
const context = { now: 1_000, remainingMs: 0, random: 0.5 };

function after(
  failures: number,
  error: RefreshError,
  rest: Partial<typeof context> & { retryAfterMs?: number } = {},
): HoldOff {
  let held: HoldOff | undefined;
  for (let count = 0; count < failures; count += 1) held = holdOffAfter(error, held, { ...context, ...rest });
  if (held === undefined) throw new Error('no failure');
  return held;
}

it('F82 an error that does not say whether it is retryable counts as one that is not', () => {
  const silent = Object.assign(new RefreshError('source_failed', 'x'), { retryable: undefined as never });

  expect(after(1, silent).failures).toBe(1);
  expect(after(2, silent).failures).toBe(2);
});

describe('after a transient failure', () => {
  it('F1 the next attempt comes after full jitter of 0.5 s × 2ⁿ, at most 30 s where no token is left', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (failures, random) => {
          const delay = after(failures, transient, { random }).until - context.now;

          expect(delay).toBeGreaterThanOrEqual(Math.min(50, delay));
          expect(delay).toBeGreaterThan(0);
          expect(delay).toBeLessThanOrEqual(Math.min(30_000, 500 * 2 ** (failures - 1)));
        },
      ),
    );
  });

  it('F1 it comes within a quarter of what is left of the token, and within 60 s', () => {
    expect(after(30, transient, { remainingMs: 100_000, random: 0.999 }).until - context.now).toBeLessThanOrEqual(
      25_000,
    );
    expect(after(30, transient, { remainingMs: 9e9, random: 0.999 }).until - context.now).toBeLessThanOrEqual(60_000);
  });

  it('F3 F4 Retry-After is honoured where it is longer', () => {
    expect(after(1, transient, { retryAfterMs: 120_000 }).until).toBeGreaterThanOrEqual(context.now + 120_000);
    expect(after(30, transient, { retryAfterMs: 1 }).until).toBe(context.now + 15_000);
  });

  it('F4 half a second of jitter keeps apart those who were told the same Retry-After', () => {
    const waits = [0, 0.5, 1].map(
      (random) => after(1, transient, { retryAfterMs: 120_000, random }).until - context.now,
    );

    expect(waits).toEqual([120_000, 120_250, 120_500]);
  });

  it('F3 Retry-After is honoured up to an hour, and junk as if it had not been said', () => {
    const wait = (retryAfterMs: number): number => after(1, transient, { retryAfterMs }).until - context.now;

    expect([Infinity, 1e18, 3_600_001].map(wait)).toEqual([3_600_250, 3_600_250, 3_600_250]);
    expect([NaN, -1e300, 0].map(wait)).toEqual([250, 250, 250]);
  });
});

describe('after a failure that somebody has to repair', () => {
  it('F14 the next attempt comes after 60 s, doubling to 15 min', () => {
    const delays = [1, 2, 3, 4, 5, 6].map((failures) => after(failures, operator).until - context.now);

    expect(delays).toEqual([60_000, 120_000, 240_000, 480_000, 900_000, 900_000]);
  });

  it('F14 it comes after 60 s too where an outage went before, and then the outage counts anew', () => {
    const outage = after(8, transient);

    const repair = holdOffAfter(operator, outage, context);
    const again = holdOffAfter(transient, repair, context);

    expect([repair, again].map(({ failures, until }) => [failures, until - context.now])).toEqual([
      [1, 60_000],
      [1, 250],
    ]);
  });

  it.each(['invalid_grant', 'reauth_required', 'revoked', 'not_refreshable', 'universe_unsupported'] as const)(
    'none comes by itself after %s',
    (code) => {
      expect(after(1, new RefreshError(code, 'x')).until).toBe(Infinity);
    },
  );
});

describe('after a failure whose cure is in another program', () => {
  it('the next attempt comes as after one that somebody has to repair', () => {
    const error = new RefreshError('reauth_required', 'x', { nextAttemptAt: 5_000 });

    const waits = [1, 2].map((failures) => after(failures, error).until - context.now);

    expect(waits).toEqual([60_000, 120_000]);
  });

  it.each(['invalid_grant', 'gcloud_signed_out', 'gcloud_not_found', 'signing_failed'] as const)(
    'the next attempt comes as soon as was named, but not within a minute, however often it failed: %s',
    (code) => {
      const error = new RefreshError(code, 'x', { nextAttemptAt: 5_000 });
      const waits = (retryAfterMs: number): number[] =>
        [1, 2, 9].map((failures) => after(failures, error, { retryAfterMs }).until - context.now);

      expect(waits(59_990)).toEqual([60_000, 60_000, 60_000]);
      expect(waits(90_000)).toEqual([60_000, 90_000, 90_000]);
    },
  );

  it('no time that was named puts it off for longer than after one that names none', () => {
    const waits = [1, 2, 9].map((failures) => after(failures, operator, { retryAfterMs: 1e12 }).until - context.now);

    expect(waits).toEqual([60_000, 120_000, 900_000]);
  });
});

describe('the error inside a hold-off', () => {
  it('is of the last one’s kind, and tells when the next attempt is due', () => {
    const held = after(1, transient);

    const error = heldOffError(held, { wall: 9_000_000, monotonic: 1_100 });

    expect(error).toMatchObject({ code: 'server_unavailable', status: 503, retryable: true, cause: transient });
    expect(error.nextAttemptAt).toBe(Math.ceil(9_000_000 + held.until - 1_100));
    expect(error.message).toMatch(/^down\. Nothing is attempted before .*Z; refresh\(\) asks at once\.$/);
  });

  it('is no more retryable than the last one: waiting does not repair what somebody has to repair', () => {
    const held = after(1, operator);

    const error = heldOffError(held, { wall: 9_000_000, monotonic: 1_100 });

    expect(error).toMatchObject({ code: 'request_refused', retryable: false, cause: operator });
    expect(error.nextAttemptAt).toBe(9_000_000 + 60_000 - 100);
  });

  it('is the permanent error itself', () => {
    const permanent = new RefreshError('invalid_grant', 'x');

    expect(heldOffError(after(1, permanent), { wall: 0, monotonic: 0 })).toBe(permanent);
  });
});
