import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccessToken, RefreshError } from 'credence';
import { startEmulator, type ManualClock } from 'credence/testing';
import { TokenPool } from '../../../src/server/pool/token-pool.js';
import { TokenRegistry } from '../../../src/server/token-registry.js';
import { httpAnswer } from '../../fixtures/http-answer.js';
import { EMAIL } from '../../fixtures/service-account.js';
import { aPool, OTHER_EMAIL, settled } from '../../fixtures/token-pool.js';
import { failureOf, HOUR_MS, MINUTE_MS } from '../../fixtures/token-server.js';

const USER = 'user@example.com';

function scopes(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `scope-${String(index)}`);
}

/** An issuer lets in so many at once; the others have their turn with the clock's next tick. */
async function arrived<T>(clock: ManualClock, fetching: Promise<T>): Promise<T> {
  for (let count = 0; count < 10; count += 1) {
    await settled();
    await clock.advance(0);
  }
  return await fetching;
}

describe('forScope', () => {
  it('waits for the first token of some scopes, and has it from then on', async () => {
    const { pool, asked } = aPool();

    const first = await pool.forScope('a b');
    const again = await pool.forScope(['a', 'b']);

    expect(first.value).toBe('token-1');
    expect(again).toBe(first);
    expect(asked).toEqual([{ iss: EMAIL, sub: undefined, scope: 'a b' }]);
  });

  it('F68 takes the same scopes in another order, or twice, for the same', async () => {
    const { pool, asked } = aPool();
    const first = await pool.forScope('a b');

    const tokens = await Promise.all([pool.forScope('b a'), pool.forScope(['b', 'a', 'b'])]);

    expect(tokens).toEqual([first, first]);
    expect(asked).toHaveLength(1);
  });

  it('asks the account that is named, else the first one', async () => {
    const { pool, asked } = aPool();

    await pool.forScope('a');
    await pool.forScope('a', { account: EMAIL });
    await pool.forScope('a', { account: OTHER_EMAIL });

    expect(asked.map(({ iss }) => iss)).toEqual([EMAIL, OTHER_EMAIL]);
  });

  it('acts for the user who is named, and for nobody else with that token', async () => {
    const { pool, asked } = aPool();

    const own = await pool.forScope('a');
    const users = await pool.forScope('a', { subject: USER });

    expect(users.value).not.toBe(own.value);
    expect(asked.map(({ sub }) => sub)).toEqual([undefined, USER]);
  });

  it('F27 sends one request for a thousand callers at once, and one caller’s abort ends that wait alone', async () => {
    const { pool, asked } = aPool();
    const controller = new AbortController();

    const callers = Array.from({ length: 1_000 }, () => pool.forScope('a'));
    const leaving = pool.forScope('a', { signal: controller.signal });
    controller.abort(new Error('gone'));

    await expect(leaving).rejects.toThrow('gone');
    const tokens = await Promise.all(callers);
    expect(new Set(tokens).size).toBe(1);
    expect(asked).toHaveLength(1);
  });

  it('F55 asks for nothing where the signal has aborted before', async () => {
    const { pool, asked } = aPool();

    const fetching = pool.forScope('a', { signal: AbortSignal.abort(new Error('gone')) });

    await expect(fetching).rejects.toThrow('gone');
    await settled();
    expect(asked).toEqual([]);
  });

  it('tells which accounts there are where it knows none of that name', async () => {
    const { pool, asked } = aPool();

    const failure = await failureOf(pool.forScope('a', { account: 'unknown@example.com' }));

    expect(failure).toBeInstanceOf(RefreshError);
    expect(failure).toMatchObject({ code: 'no_token', retryable: false });
    expect(failure.message).toContain(`${EMAIL}, ${OTHER_EMAIL}`);
    expect(asked).toEqual([]);
  });

  it.each<[string, unknown, object]>([
    ['"scopes" must name at least one scope', '', {}],
    ['"scopes" must be an array of strings or a space-separated string', 7, {}],
    ['"account" must be a non-empty string', 'a', { account: '' }],
    ['"subject" must be a non-empty string', 'a', { subject: 7 }],
    ['"options" must not hold "user"', 'a', { user: USER }],
  ])('says what is wrong with an argument: %s', async (message, scopes, options) => {
    const { pool } = aPool();

    await expect(pool.forScope(scopes as string, options)).rejects.toThrow(message);
  });
});

describe('a key', () => {
  const names = fc.constantFrom('a', 'b', 'a b', 'c');
  const question = fc.record({
    account: fc.constantFrom(undefined, EMAIL, OTHER_EMAIL),
    subject: fc.constantFrom(undefined, 'a', 'b', 'a b', '[]', EMAIL),
    scopes: fc.array(names, { minLength: 1, maxLength: 3 }),
  });

  it('F68 is shared by no two accounts, subjects or sets of scopes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(question, { minLength: 2, maxLength: 12 }), async (questions) => {
        const { pool, asked } = aPool();

        const tokens = await Promise.all(
          questions.map(({ scopes, account, subject }) => pool.forScope(scopes, { account, subject })),
        );

        for (const [index, { account = EMAIL, subject, scopes }] of questions.entries()) {
          const { iss, sub, scope } = asked[Number(tokens[index]!.value.replace('token-', '')) - 1]!;
          const wanted = [...new Set(scopes.join(' ').split(' '))].sort();
          expect([iss, sub, String(scope).split(' ').sort()]).toEqual([account, subject, wanted]);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('a token of the pool', () => {
  it('is refreshed ten seconds before its end, and nobody waits for that', async () => {
    const { pool, clock, asked } = aPool();
    await pool.forScope('a');

    await clock.advance(HOUR_MS - 10_001);
    const before = asked.length;
    await clock.advance(1);
    await settled();
    const token = await pool.find('a');

    expect([before, asked.length]).toEqual([1, 2]);
    expect(token?.value).toBe('token-2');
  });

  it('goes on being refreshed for as long as the pool runs', async () => {
    const { pool, clock, asked } = aPool();
    await pool.forScope('a');

    for (let count = 0; count < 24; count += 1) {
      await clock.advance(HOUR_MS - 10_000);
      await settled();
    }

    expect(asked).toHaveLength(25);
    expect((await pool.find('a'))?.value).toBe('token-25');
  });

  it.each([20_000, 2_000, 1_000])('F19 that lives %i ms is refreshed without a rush', async (lifetimeMs) => {
    const { pool, clock, asked } = aPool({ lifetimeMs });
    await pool.forScope('a');

    for (let passedMs = 0; passedMs < 10 * lifetimeMs; passedMs += lifetimeMs / 10) {
      await clock.advance(lifetimeMs / 10);
      await settled();
      expect(await pool.find('a')).toBeDefined();
    }

    expect(asked.length).toBeGreaterThanOrEqual(10);
    expect(asked.length).toBeLessThanOrEqual(21);
  });

  it('is refreshed as early as it is told', async () => {
    const { pool, clock, asked } = aPool({ refreshBeforeMs: 5 * MINUTE_MS });
    await pool.forScope('a');

    await clock.advance(55 * MINUTE_MS);
    await settled();

    expect(asked).toHaveLength(2);
  });

  it('is served until its end while the endpoint fails, and then the failure says when the next attempt is', async () => {
    const { pool, clock, endpoint } = aPool();
    const first = await pool.forScope('a');
    endpoint.answer = () => httpAnswer(503, '{}');

    await clock.advance(HOUR_MS - 1);
    const last = await pool.forScope('a');
    await clock.advance(1);
    const failure = await failureOf(pool.forScope('a'));

    expect(last).toBe(first);
    expect(failure).toMatchObject({ code: 'server_unavailable', retryable: true });
    expect(failure.nextAttemptAt).toBeGreaterThan(clock.now());
  });

  it('F58 shares one timer with all others', async () => {
    const { pool, clock } = aPool();

    await arrived(clock, Promise.all(scopes(200).map((scope) => pool.forScope(scope))));

    expect(pool.size).toBe(200);
    expect(clock.pending).toBe(1);
  });

  it('F58 makes room for others where it was used least recently, and is refreshed no more', async () => {
    const { pool, clock, asked } = aPool({ maxTokens: 2 });
    for (const scope of ['a', 'b', 'a', 'c']) await pool.forScope(scope);

    const held = [await pool.find('a'), await pool.find('b'), await pool.find('c')];
    await clock.advance(HOUR_MS);
    await settled();

    expect(held.map((token) => token?.value)).toEqual(['token-1', undefined, 'token-3']);
    expect(
      asked
        .slice(3)
        .map(({ scope }) => scope)
        .sort(),
    ).toEqual(['a', 'c']);
    expect(pool.size).toBe(2);
  });

  it('F58 reaches those who wait for it, also where it had to make room meanwhile', async () => {
    const { pool, clock } = aPool({ maxTokens: 1 });

    const tokens = await arrived(clock, Promise.all(scopes(50).map((scope) => pool.forScope(scope))));

    expect(new Set(tokens.map(({ value }) => value)).size).toBe(50);
    expect(pool.size).toBe(1);
  });
});

describe('a failure', () => {
  it('of a first token is held off, and asked for again only where somebody wants it', async () => {
    const { pool, clock, asked, endpoint } = aPool();
    endpoint.answer = () => httpAnswer(400, JSON.stringify({ error: 'invalid_grant' }));
    const first = await failureOf(pool.forScope('a', { subject: 'nobody@example.com' }));

    const second = await failureOf(pool.forScope('a', { subject: 'nobody@example.com' }));
    await clock.advance(24 * HOUR_MS);
    await settled();

    expect([first.code, second.code]).toEqual(['invalid_grant', 'invalid_grant']);
    expect(asked).toHaveLength(1);
    endpoint.answer = undefined;
    expect((await pool.forScope('a', { subject: 'nobody@example.com' })).value).toBe('token-2');
  });

  it('of one user whom the account may not act for harms no other user', async () => {
    const { pool, endpoint } = aPool();
    endpoint.answer = ({ sub }) =>
      sub === 'outside@example.org' ? httpAnswer(401, JSON.stringify({ error: 'unauthorized_client' })) : undefined;
    const refused = await failureOf(pool.forScope('a', { subject: 'outside@example.org' }));

    const tokens = [await pool.forScope('a', { subject: USER }), await pool.forScope('a')];

    expect(refused).toMatchObject({ code: 'request_refused', oauthError: 'unauthorized_client' });
    expect(tokens.map(({ value }) => value)).toEqual(['token-2', 'token-3']);
  });
});

describe('find', () => {
  it('gives the token that is held, and asks for none', async () => {
    const { pool, asked } = aPool();

    const before = await pool.find('a');
    const token = await pool.forScope('a');
    const found = [await pool.find('a'), await pool.find('a', { subject: USER }), await pool.find('a b')];

    expect(before).toBeUndefined();
    expect(found).toEqual([token, undefined, undefined]);
    expect(asked).toHaveLength(1);
  });

  it('gives no token that has ended', async () => {
    const { pool, clock, endpoint } = aPool();
    await pool.forScope('a');
    endpoint.answer = () => httpAnswer(503, '{}');

    await clock.advance(HOUR_MS);

    expect(await pool.find('a')).toBeUndefined();
  });
});

describe('store', () => {
  it('holds a token that somebody else obtained, and asks the account for the next one', async () => {
    const { pool, clock, asked } = aPool();
    const token = new AccessToken('stored', { expiresAt: clock.now() + HOUR_MS, scopes: 'a' });

    await pool.store(token, 'a', { account: OTHER_EMAIL, subject: USER });
    const found = await pool.forScope('a', { account: OTHER_EMAIL, subject: USER });
    const before = asked.length;
    await clock.advance(HOUR_MS - 10_000);
    await settled();
    const next = await pool.forScope('a', { account: OTHER_EMAIL, subject: USER });

    expect([found.value, before]).toEqual(['stored', 0]);
    expect(next.value).toBe('token-1');
    expect(asked).toEqual([{ iss: OTHER_EMAIL, sub: USER, scope: 'a' }]);
  });

  it('puts it in place of the one that was held', async () => {
    const { pool, clock } = aPool();
    await pool.forScope('a');

    await pool.store(new AccessToken('stored', { expiresAt: clock.now() + HOUR_MS }), 'a');

    expect((await pool.forScope('a')).value).toBe('stored');
    expect(pool.size).toBe(1);
    expect(clock.pending).toBe(1);
  });

  it('has one that ends within ten seconds replaced at once', async () => {
    const { pool, clock, asked } = aPool();

    await pool.store(new AccessToken('stored', { expiresAt: clock.now() + 9_000 }), 'a');
    await clock.advance(0);
    await settled();

    expect(asked).toHaveLength(1);
    expect((await pool.find('a'))?.value).toBe('token-1');
  });

  it('keeps one without an end for ever', async () => {
    const { pool, clock, asked } = aPool();

    await pool.store(new AccessToken('stored'), 'a');
    await clock.advance(48 * HOUR_MS);

    expect((await pool.forScope('a')).value).toBe('stored');
    expect(asked).toEqual([]);
  });

  it('refuses one that has ended, and what is no token', async () => {
    const { pool, clock } = aPool();

    const ended = await failureOf(pool.store(new AccessToken('x', { expiresAt: clock.now() }), 'a'));

    expect(ended.code).toBe('token_already_expired');
    await expect(pool.store('x' as never, 'a')).rejects.toThrow('"token" must be an AccessToken');
    expect(await pool.find('a')).toBeUndefined();
  });
});

describe('refresh', () => {
  it('asks for a new token, whatever is held, and that one is held from then on', async () => {
    const { pool, asked } = aPool();
    await pool.forScope('a');

    const [one, other] = await Promise.all([pool.refresh('a'), pool.refresh('a')]);

    expect(one).toBe(other);
    expect(one?.value).toBe('token-2');
    expect(await pool.forScope('a')).toBe(one);
    expect(asked).toHaveLength(2);
  });

  it('ignores what failed before', async () => {
    const { pool, endpoint } = aPool();
    endpoint.answer = () => httpAnswer(400, JSON.stringify({ error: 'invalid_grant' }));
    await failureOf(pool.forScope('a'));
    endpoint.answer = undefined;

    const token = await pool.refresh('a');

    expect(token.value).toBe('token-2');
  });
});

describe('forScope', () => {
  it('leaves it at a failure where nobody asks again', async () => {
    const { pool, clock, asked, endpoint } = aPool();
    endpoint.answer = () => httpAnswer(400, JSON.stringify({ error: 'invalid_grant' }));

    await failureOf(pool.forScope('a'));
    await clock.advance(48 * HOUR_MS);
    await settled();

    expect(asked).toHaveLength(1);
  });
});

describe('queueForRefresh', () => {
  it('gets a token of its own ten seconds before one ends that is held elsewhere', async () => {
    const { pool, clock, asked } = aPool();

    await pool.queueForRefresh(new AccessToken('elsewhere', { expiresAt: clock.now() + HOUR_MS }), 'a');
    const found = await pool.find('a');
    await clock.advance(HOUR_MS - 10_001);
    const before = asked.length;
    await clock.advance(1);
    await settled();

    expect([found, before, asked.length]).toEqual([undefined, 0, 1]);
    expect((await pool.find('a'))?.value).toBe('token-1');
  });

  it('gets it at once where less than ten seconds are left', async () => {
    const { pool, clock, asked } = aPool();

    await pool.queueForRefresh(new AccessToken('elsewhere', { expiresAt: clock.now() + 9_000 }), 'a');
    await clock.advance(0);
    await settled();

    expect(asked).toHaveLength(1);
  });

  it('goes on trying with the backoff where the endpoint fails, though nobody waits', async () => {
    const { pool, clock, asked, endpoint } = aPool();
    endpoint.answer = () => (asked.length < 4 ? httpAnswer(503, '{}') : undefined);

    await pool.queueForRefresh(new AccessToken('elsewhere', { expiresAt: clock.now() + 9_000 }), 'a');
    for (let second = 0; second < 60; second += 1) {
      await clock.advance(1_000);
      await settled();
    }

    expect(asked).toHaveLength(4);
    expect((await pool.find('a'))?.value).toBe('token-4');
  });

  it('asks no sooner than failures allow, however often it is called', async () => {
    const { pool, clock, asked, endpoint } = aPool();
    endpoint.answer = () => httpAnswer(400, JSON.stringify({ error: 'invalid_grant' }));
    await failureOf(pool.forScope('a'));
    const elsewhere = new AccessToken('elsewhere', { expiresAt: clock.now() + 9_000 });

    for (let count = 0; count < 10; count += 1) {
      await pool.queueForRefresh(elsewhere, 'a');
      await clock.advance(1_000);
      await settled();
    }

    expect(asked).toHaveLength(1);
    await clock.advance(15 * MINUTE_MS);
    await settled();
    expect(asked).toHaveLength(2);
  });

  it('moves no refresh further away, and sets no second timer', async () => {
    const { pool, clock, asked } = aPool();
    await pool.forScope('a');

    await pool.queueForRefresh(new AccessToken('elsewhere', { expiresAt: clock.now() + 2 * HOUR_MS }), 'a');
    await clock.advance(HOUR_MS - 10_000);
    await settled();

    expect(asked).toHaveLength(2);
    expect(clock.pending).toBe(1);
  });
});

describe('a pool', () => {
  it('F54 stops refreshing, drops its tokens and holds no timer once it is stopped', async () => {
    const { pool, clock, asked } = aPool();
    await pool.forScope('a');

    await pool[Symbol.asyncDispose]();
    await clock.advance(HOUR_MS);
    const failure = await failureOf(pool.forScope('a'));

    expect(asked).toHaveLength(1);
    expect(clock.pending).toBe(0);
    expect(failure.code).toBe('no_token');
    expect(pool.size).toBe(0);
  });

  it('F54 that is stopped before it was ever used asks for nothing', async () => {
    const { pool } = aPool();

    const fetching = failureOf(pool.forScope('a'));
    await pool.stop();

    expect(await fetching).toMatchObject({ code: 'no_token' });
  });

  it('F78 shows neither tokens nor keys, however it is printed', async () => {
    const { pool } = aPool();
    await pool.forScope('a', { subject: USER });

    const shown = [JSON.stringify(pool), inspect(pool, { depth: 20, showHidden: true })];

    for (const text of shown) expect(text).not.toMatch(/token-1|signature/);
    expect(JSON.parse(JSON.stringify(pool))).toEqual({ accounts: [EMAIL, OTHER_EMAIL], size: 1 });
  });

  it('gets tokens that an API takes, over real HTTP, for users too', async () => {
    await using emulator = await startEmulator();
    const { info, account } = await emulator.serviceAccount({ delegatedUsers: [USER] });
    await using pool = new TokenPool({ serviceAccount: info, registry: new TokenRegistry() });

    const [own, users] = await Promise.all([pool.forScope('openid'), pool.forScope('openid', { subject: USER })]);

    const ask = async ({ authorization }: AccessToken): Promise<unknown> => {
      const response = await fetch(emulator.apiUrl, { headers: { authorization } });
      return ((await response.json()) as { user?: string }).user;
    };
    expect(pool.accounts).toEqual([account.email]);
    expect([await ask(own), await ask(users)]).toEqual([account.email, USER]);
  });
});
