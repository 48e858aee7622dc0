import { describe, expect, it } from 'vitest';
import { AccessToken, RefreshError, UserCredentials, type RefreshErrorCode } from 'credence';
import { manualClock } from 'credence/testing';
import type { KeeperParts } from '../../../src/server/keeping/keeper-parts.js';
import { KeptToken } from '../../../src/server/keeping/kept-token.js';
import { Dispatcher } from '../../../src/server/queues/dispatcher.js';
import { issuerKeyOf } from '../../../src/server/queues/issuer-key.js';
import { serverPlan } from '../../../src/server/server-plan.js';
import { lasting, ScriptedCredentials } from '../../fixtures/scripted-credentials.js';
import { HOUR_MS } from '../../fixtures/token-server.js';

function aToken(parts: Partial<KeeperParts> = {}) {
  const clock = manualClock();
  const dispatcher = new Dispatcher(clock);
  const credentials = new ScriptedCredentials({ clock, mint: lasting(clock, HOUR_MS) });
  const plan = serverPlan({ backoffType: 'exp' });
  const kept = new KeptToken({
    name: 'n',
    plan,
    dispatcher,
    credentials,
    find: undefined,
    request: undefined,
    ...parts,
  });
  const now = (): number => dispatcher.time.now();
  return { clock, credentials, kept, now };
}

function failed(code: RefreshErrorCode = 'server_unavailable'): RefreshError {
  return new RefreshError(code, 'failed', { retryable: true });
}

describe('a token that was asked for', () => {
  it('is current from then on, and due again before its end', async () => {
    const { credentials, kept, now } = aToken();
    const token = await credentials.refresh();
    const before = [kept.wasHad, kept.isBehind];

    const dueAt = kept.take(token, now());

    expect(before).toEqual([false, true]);
    expect([kept.wasHad, kept.isBehind]).toEqual([true, false]);
    expect(await kept.current).toBe(token);
    expect(dueAt - now()).toBeGreaterThanOrEqual(HOUR_MS - 300_000);
    expect(dueAt - now()).toBeLessThan(HOUR_MS - 225_000);
  });

  it('is current no more once the credentials hold another one, until that is adopted', async () => {
    const { credentials, kept, now } = aToken();
    kept.take(await credentials.refresh(), now());
    const next = await credentials.refresh();
    const before = kept.current;

    const adopted = kept.adopt();

    expect(before).toBeUndefined();
    expect(adopted?.token).toBe(next);
    expect(await kept.current).toBe(next);
  });
});

describe('failures', () => {
  it('are counted, say when the next attempt is due, and are forgotten with the next token', async () => {
    const { credentials, kept, now } = aToken();

    const dueAts = [kept.fail(failed()), kept.fail(failed())].map((dueAt) => dueAt - now());
    const { retries } = kept;
    kept.take(await credentials.refresh(), now());

    expect(dueAts).toEqual([1_000, 2_000]);
    expect(retries).toMatchObject({ retries: 2, failures: 2 });
    expect(kept.retries).toBeUndefined();
  });

  it('refuse callers until the next attempt is due', async () => {
    const { clock, kept } = aToken();
    const before = kept.refusal(undefined);
    kept.fail(failed());

    const refused = kept.refusal(undefined);
    await clock.advance(1_000);

    expect(before).toBeUndefined();
    expect(refused).toMatchObject({ code: 'server_unavailable', nextAttemptAt: clock.now() });
    expect(kept.refusal(undefined)).toBeUndefined();
  });

  it.each<[RefreshErrorCode, boolean]>([
    ['timed_out', true],
    ['server_unavailable', false],
  ])('of the code %s mean that the source hangs: %s', (code, hangs) => {
    const { kept } = aToken();

    kept.fail(failed(code));

    expect(kept.hangs).toBe(hangs);
  });
});

describe('credentials', () => {
  it('are looked for once, and have an issuer then', async () => {
    const found = new UserCredentials({ refreshToken: 'r', clientId: 'c', tokenUri: 'https://issuer.example.com/' });
    let searches = 0;
    const find = async () => ((searches += 1), found);
    const { kept } = aToken({ credentials: undefined, find });
    const before = [kept.credentials, kept.issuer, kept.isBehind, kept.current, kept.adopt()];

    await kept.find();
    await kept.find();

    expect(before).toEqual([undefined, kept, false, undefined, undefined]);
    expect(searches).toBe(1);
    expect(kept.credentials).toBe(found);
    expect(kept.issuer).toBe(issuerKeyOf(found));
  });

  it('that nobody knows how to find are a failure', async () => {
    const { kept } = aToken({ credentials: undefined });

    await expect(kept.find()).rejects.toThrow('There are no credentials');
  });

  it('hold tokens without an end, which are never due', () => {
    const { kept, now } = aToken();

    expect(kept.take(new AccessToken('for-ever'), now())).toBe(Infinity);
  });
});
