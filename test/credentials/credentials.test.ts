import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  AccessToken,
  RefreshError,
  systemClock,
  UserCredentials,
  type Credentials,
  type RefreshHandler,
  type RefreshHandlerResult,
  type TokenSet,
  type Transport,
} from 'credence';
import { manualClock } from 'credence/testing';
import {
  headersOf,
  lasting,
  ScriptedCredentials,
  tokens,
  turn,
  type Script,
} from '../fixtures/scripted-credentials.js';

const API = 'https://api.example.com/things';
const HOUR_MS = 3_600_000;

function refused(retryable = true): RefreshError {
  return new RefreshError(retryable ? 'server_unavailable' : 'invalid_grant', 'refused', { retryable });
}

/** Credentials that hold a fresh one-hour token, on a clock of the test. */
async function warm(script: Partial<Script> = {}) {
  const clock = manualClock();
  const credentials = new ScriptedCredentials({ clock, mint: lasting(clock, HOUR_MS), ...script });
  await credentials.refresh();
  return { clock, credentials };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a fresh token', () => {
  it('is applied at once, with one promise for everybody', async () => {
    const { credentials } = await warm();

    const first = credentials.beforeRequest(undefined, 'GET', API, {});
    const second = credentials.beforeRequest(undefined, 'GET', API, {});

    expect(first).toBe(second);
    expect(credentials.tokenState).toBe('fresh');
    expect(credentials.valid).toBe(true);
    expect(credentials.expired).toBe(false);
    expect(credentials.mints).toBe(1);
  });

  it('never expires where the source names no end', async () => {
    const clock = manualClock();
    const credentials = new ScriptedCredentials({ clock, mint: () => tokens('forever') });
    await credentials.refresh();

    await clock.advance(400 * 86_400_000);

    expect(credentials.expiry).toBeUndefined();
    expect(credentials.tokenState).toBe('fresh');
  });

  it('F52 of forty days is neither refreshed early nor served late', async () => {
    const clock = manualClock();
    const credentials = new ScriptedCredentials({ clock, mint: lasting(clock, 40 * 86_400_000) });
    await headersOf(credentials);

    await clock.advance(39.99 * 86_400_000);

    expect(credentials.tokenState).toBe('fresh');
    await clock.advance(0.009 * 86_400_000);
    expect(credentials.tokenState).toBe('stale');
  });
});

describe('no token', () => {
  it('F27 makes ten thousand concurrent callers share one mint', async () => {
    const credentials = new ScriptedCredentials({});

    const all = await Promise.all(Array.from({ length: 10_000 }, () => headersOf(credentials)));

    expect(credentials.mints).toBe(1);
    expect(new Set(all.map((headers) => headers['authorization']))).toEqual(new Set(['Bearer token-1']));
  });

  it('F27 is looked for once, and not again by each of those who come while others wait', async () => {
    await new ScriptedCredentials({}).refresh();
    const now = vi.fn(() => Date.now());
    const [token, expiry] = ['ended', new Date(Date.now() - 1_000)];
    const answers: ((answer: RefreshHandlerResult) => void)[] = [];
    const refreshHandler: RefreshHandler = () => new Promise((resolve) => answers.push(resolve));
    const credentials = new UserCredentials({ token, expiry, refreshHandler, clock: { ...systemClock, now } });
    const waiting = [headersOf(credentials), headersOf(credentials)];
    await turn();
    const looks = now.mock.calls.length;

    waiting.push(...Array.from({ length: 100 }, () => headersOf(credentials)));
    const applied = credentials.tryApply({});

    expect([applied, now.mock.calls.length]).toEqual([false, looks]);
    answers[0]?.({ token: 'next', expiry: new Date(Date.now() + HOUR_MS) });
    expect(new Set((await Promise.all(waiting)).map((headers) => headers['authorization']))).toEqual(
      new Set(['Bearer next']),
    );
  });

  it('makes tryApply say so and leave the headers alone', () => {
    const headers = {};

    const applied = new ScriptedCredentials({}).tryApply(headers);

    expect(applied).toBe(false);
    expect(headers).toEqual({});
  });

  it('makes apply throw no_token', () => {
    const credentials = new ScriptedCredentials({});

    expect(() => credentials.apply({})).toThrow(expect.objectContaining({ code: 'no_token' }) as RefreshError);
  });

  it('F55 rejects an aborted caller with its own reason while the others get their token', async () => {
    const credentials = new ScriptedCredentials({ mint: () => turn().then(() => tokens('shared')) });
    const abort = new AbortController();
    const leaving = credentials.beforeRequest(undefined, 'GET', API, {}, { signal: abort.signal });
    const staying = headersOf(credentials);

    abort.abort('changed my mind');

    await expect(leaving).rejects.toBe('changed my mind');
    expect(await staying).toEqual({ authorization: 'Bearer shared' });
    expect(credentials.mints).toBe(1);
  });

  it('F55 asks nobody where the caller aborted before', async () => {
    const credentials = new ScriptedCredentials({});
    const signal = AbortSignal.abort('too late');

    const waiting = credentials.beforeRequest(undefined, 'GET', API, {}, { signal });

    await expect(waiting).rejects.toBe('too late');
    await expect(credentials.refresh(undefined, { signal })).rejects.toBe('too late');
    expect(credentials.mints).toBe(0);
  });

  it('F19 serves a token shorter than any window to those who wait, and asks once per life', async () => {
    const clock = manualClock();
    const credentials = new ScriptedCredentials({ clock, mint: lasting(clock, 100) });

    const headers = await headersOf(credentials);

    expect(headers).toEqual({ authorization: 'Bearer token-1' });
    await clock.advance(10);
    await headersOf(credentials);
    expect(credentials.mints).toBe(1);
  });
});

describe('a stale token', () => {
  it('is applied at once while one refresh runs that nobody waits for', async () => {
    const { clock, credentials } = await warm();
    await clock.advance(HOUR_MS - 200_000);

    const headers = await Promise.all(Array.from({ length: 10_000 }, () => headersOf(credentials)));

    expect(new Set(headers.map((each) => each['authorization']))).toEqual(new Set(['Bearer token-1']));
    await turn();
    expect(credentials.mints).toBe(2);
    expect(await headersOf(credentials)).toEqual({ authorization: 'Bearer token-2' });
  });

  it('is refreshed by tryApply too', async () => {
    const { clock, credentials } = await warm();
    await clock.advance(HOUR_MS - 200_000);

    expect(credentials.tryApply({})).toBe(true);

    await turn();
    expect(credentials.mints).toBe(2);
  });

  it('F1 turns no refusal of the source into an error, and spaces the attempts', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    let down = false;
    const clock = manualClock();
    const credentials = new ScriptedCredentials({
      clock,
      mint: (count) => (down ? Promise.reject(refused()) : tokens(`token-${String(count)}`, clock.now() + HOUR_MS)),
    });
    await headersOf(credentials);
    await clock.advance(HOUR_MS - 220_000);
    down = true;

    for (let elapsed = 0; elapsed < 200_000; elapsed += 100) {
      expect(await headersOf(credentials)).toEqual({ authorization: 'Bearer token-1' });
      await clock.advance(100);
    }

    expect(credentials.mints).toBeGreaterThan(4);
    expect(credentials.mints).toBeLessThan(40);
    expect(unhandled).not.toHaveBeenCalled();
    process.off('unhandledRejection', unhandled);
  });

  it('F53 F82 is applied though the kind cannot say who it is, and is refreshed all the same', async () => {
    class Nameless extends ScriptedCredentials {
      override getCredentialInfo(): never {
        throw new Error('unknown');
      }
    }
    const clock = manualClock();
    const credentials = new Nameless({ clock, mint: lasting(clock, HOUR_MS) });
    await credentials.refresh();
    await clock.advance(HOUR_MS - 100_000);

    expect(credentials.tryApply({})).toBe(true);

    await turn();
    expect(await headersOf(credentials)).toEqual({ authorization: 'Bearer token-2' });
  });

  it('adds no wait where the source hangs', async () => {
    const { clock, credentials } = await warm();
    const hanging = new ScriptedCredentials({ clock, mint: () => new Promise<TokenSet>(() => undefined) }, credentials);
    await clock.advance(HOUR_MS - 100_000);

    for (let call = 0; call < 100; call += 1) expect(hanging.tryApply({})).toBe(true);

    await clock.advance(40_000);
    expect(hanging.tryApply({})).toBe(true);
  });

  it('F20 is judged by a window of a quarter of a short life', async () => {
    const clock = manualClock();
    const credentials = new ScriptedCredentials({ clock, mint: lasting(clock, 100_000) });
    await headersOf(credentials);

    await clock.advance(74_999);

    expect(credentials.tokenState).toBe('fresh');
    await clock.advance(1);
    expect(credentials.tokenState).toBe('stale');
  });
});

describe('a failing source', () => {
  it('F1 fails callers at once inside the hold-off, with the time of the next attempt', async () => {
    const clock = manualClock();
    const credentials = new ScriptedCredentials({ clock, mint: () => Promise.reject(refused()) });
    await expect(headersOf(credentials)).rejects.toMatchObject({ code: 'server_unavailable' });

    const error: unknown = await headersOf(credentials).catch((caught: unknown) => caught);

    expect(error).toMatchObject({ code: 'server_unavailable', retryable: true });
    expect((error as RefreshError).nextAttemptAt).toBeGreaterThan(clock.now());
    expect(credentials.mints).toBe(1);
    await clock.advance(500);
    await expect(headersOf(credentials)).rejects.toThrow();
    expect(credentials.mints).toBe(2);
  });

  it('F1 is shared by all who waited and then forgotten', async () => {
    const clock = manualClock();
    const credentials = new ScriptedCredentials({
      clock,
      mint: (count) => (count === 1 ? Promise.reject(refused()) : tokens('back')),
    });

    const settled = await Promise.allSettled(Array.from({ length: 100 }, () => headersOf(credentials)));

    expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
    expect(credentials.mints).toBe(1);
    await clock.advance(30_000);
    expect(await headersOf(credentials)).toEqual({ authorization: 'Bearer back' });
  });

  it('is asked again at once by refresh(), whatever it said before', async () => {
    const credentials = new ScriptedCredentials({
      clock: manualClock(),
      mint: (count) => (count < 3 ? Promise.reject(refused(count !== 2)) : tokens('back')),
    });
    await expect(credentials.refresh()).rejects.toThrow();
    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'invalid_grant' });

    const token = await credentials.refresh();

    expect(token.value).toBe('back');
  });

  it('is not asked again after a permanent error until refresh() is called', async () => {
    const clock = manualClock();
    const credentials = new ScriptedCredentials({ clock, mint: () => Promise.reject(refused(false)) });
    await expect(headersOf(credentials)).rejects.toMatchObject({ code: 'invalid_grant' });

    await clock.advance(30 * 86_400_000);

    await expect(headersOf(credentials)).rejects.toMatchObject({ code: 'invalid_grant', retryable: false });
    expect(credentials.mints).toBe(1);
  });

  it('F82 gets its throw wrapped, whatever it throws, without what an HTTP client hangs on its errors', async () => {
    const client = Object.assign(new Error('bad'), { config: { body: 'refresh_token=SECRET' } });
    const credentials = new ScriptedCredentials({ clock: manualClock(), mint: () => Promise.reject(client) });

    const error: unknown = await credentials.refresh().catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(RefreshError);
    expect(error).toMatchObject({ code: 'source_failed', retryable: true });
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('SECRET');
  });

  it.each([
    ['refresh', (own: Credentials) => own.refresh()],
    ['beforeRequest', (own: Credentials) => own.beforeRequest(undefined, 'GET', API, {})],
  ])('F82 is told at once where it asks its own credentials: %s()', async (_name, ask) => {
    class Circular extends ScriptedCredentials {
      protected override async fetchToken(): Promise<TokenSet> {
        await ask(this);
        return tokens('never');
      }
    }

    const asked = new Circular({ clock: manualClock() }).refresh();

    await expect(asked).rejects.toThrow(/fetchToken\(\) asked its own credentials/);
    await expect(asked).rejects.toMatchObject({ code: 'source_failed' });
  });

  it('is told whether somebody waits, as long as somebody does', async () => {
    const flights: { readonly awaited: boolean }[] = [];
    class Watching extends ScriptedCredentials {
      protected override fetchToken(
        _request: Transport,
        flight: { readonly signal: AbortSignal; readonly awaited: boolean },
      ): Promise<TokenSet> {
        flights.push(flight);
        return new Promise(() => undefined);
      }
    }
    const abort = new AbortController();
    const leaving = new Watching({ clock: manualClock() }).refresh(undefined, { signal: abort.signal });
    await expect.poll(() => flights.length).toBe(1);
    const before = flights[0]?.awaited;

    abort.abort('gone');

    await expect(leaving).rejects.toBe('gone');
    expect([before, flights[0]?.awaited]).toEqual([true, false]);
  });

  it('F5 is given up after thirty seconds, and what it brings later is still taken', async () => {
    const clock = manualClock();
    let answer: (set: TokenSet) => void = () => undefined;
    const credentials = new ScriptedCredentials({
      clock,
      mint: () => new Promise<TokenSet>((resolve) => (answer = resolve)),
    });
    const waiting = headersOf(credentials).catch((caught: unknown) => caught);
    await turn();

    await clock.advance(30_000);

    expect(await waiting).toMatchObject({ code: 'timed_out', retryable: true });
    answer(tokens('late'));
    await turn();
    expect(await headersOf(credentials)).toEqual({ authorization: 'Bearer late' });
  });
});

describe('clocks', () => {
  it('F49 a forward step ends tokens by the wall clock with one refresh for all', async () => {
    const { clock, credentials } = await warm();
    clock.stepWall(2 * HOUR_MS);
    await clock.advance(1_000);

    await Promise.all(Array.from({ length: 1_000 }, () => headersOf(credentials)));

    expect(credentials.mints).toBe(2);
  });

  it('F50 a backward step lengthens no life', async () => {
    const { clock, credentials } = await warm();
    clock.stepWall(-10 * HOUR_MS);

    await clock.advance(HOUR_MS);

    expect(credentials.tokenState).toBe('invalid');
  });

  it('F50 a backward step says nothing against a token that somebody else issued', async () => {
    const { clock, credentials } = await warm();
    clock.stepWall(-HOUR_MS);
    await clock.advance(6_000);

    expect(credentials.valid).toBe(true);
    expect(credentials.tryApply({})).toBe(true);
    await turn();
    expect(credentials.mints).toBe(1);
  });

  it('F51 sleep is noticed within a second of use, and the refresh it calls for is made once', async () => {
    const { clock, credentials } = await warm();
    await headersOf(credentials);
    clock.suspend(HOUR_MS - 100_000);

    await clock.advance(1_000);

    expect(credentials.tryApply({})).toBe(true);
    await clock.advance(5_000);
    expect(credentials.tryApply({})).toBe(true);
    expect(credentials.tryApply({})).toBe(true);
    await turn();
    expect(credentials.mints).toBe(2);
  });
});

describe('invalidate', () => {
  it('F43 drops the token only if it is the one that was rejected', async () => {
    const { credentials } = await warm();

    expect(credentials.invalidate('another')).toBe(false);
    expect(credentials.invalidate('token-1')).toBe(true);

    expect(credentials.tokenState).toBe('invalid');
    expect(await headersOf(credentials)).toEqual({ authorization: 'Bearer token-2' });
  });

  it('F44 stops forcing new tokens where fresh ones keep being rejected, and begins again later', async () => {
    const { clock, credentials } = await warm();

    for (let round = 0; round < 50; round += 1) {
      credentials.invalidate(credentials.token ?? '');
      await headersOf(credentials);
    }

    expect(credentials.mints).toBeLessThanOrEqual(5);
    await clock.advance(60_000);
    expect(credentials.invalidate(credentials.token ?? '')).toBe(true);
  });

  it('F44 goes on forcing new tokens where those that are rejected had been accepted', async () => {
    const { credentials } = await warm();

    for (let round = 0; round < 10; round += 1) {
      expect(credentials.invalidate(credentials.token ?? '', { wasAccepted: true })).toBe(true);
      await headersOf(credentials);
    }

    expect(credentials.mints).toBe(11);
  });
});

describe('headers', () => {
  it.each(['Authorization', 'authorization', 'AUTHORIZATION'])(
    'replaces an existing %s in a plain object',
    async (name) => {
      const { credentials } = await warm();
      const headers = { [name]: 'Basic old', other: 'kept' };

      await credentials.beforeRequest(undefined, 'GET', API, headers);

      expect(headers).toEqual({ authorization: 'Bearer token-1', other: 'kept' });
    },
  );

  it('edits Headers and Maps in place', async () => {
    const { credentials } = await warm();
    const real = new Headers({ Authorization: 'Basic old' });
    const map = new Map([['Authorization', 'Basic old']]);

    credentials.tryApply(real);
    credentials.tryApply(map);

    expect([...real]).toEqual([['authorization', 'Bearer token-1']]);
    expect([...map]).toEqual([['authorization', 'Bearer token-1']]);
  });

  it.each([undefined, null, 'x', 5, []])(
    'refuses %s as headers with a TypeError that names the argument',
    async (headers) => {
      const { credentials } = await warm();

      await expect(credentials.beforeRequest(undefined, 'GET', API, headers as never)).rejects.toThrow(
        /"headers" must be/,
      );
    },
  );

  it('F24 refuses a token that would inject a header', async () => {
    const { credentials } = await warm();

    expect(() => credentials.apply({}, 'a\r\nx-evil: 1')).toThrow(TypeError);
    expect(() => credentials.withQuotaProject('a\nb')).toThrow(/"quotaProjectId"/);
    expect(() => new AccessToken('a b')).toThrow(TypeError);
  });

  it.each([
    'http://api.example.com/x',
    'HTTP://api.example.com',
    ' http://api.example.com',
    'ht\ntp://api.example.com',
  ])('refuses to send a bearer token to %j', async (url) => {
    const { credentials } = await warm();
    const headers = {};

    await expect(credentials.beforeRequest(undefined, 'GET', url, headers)).rejects.toMatchObject({
      code: 'insecure_target',
    });

    expect(headers).toEqual({});
  });

  it.each([
    'http://127.0.0.1:8080/x',
    'http://localhost/x',
    'http://[::1]/x',
    'http://metadata.google.internal/x',
    '/relative',
  ])('sends a bearer token to %s', async (url) => {
    const { credentials } = await warm();

    expect(await headersOf(credentials, url)).toEqual({ authorization: 'Bearer token-1' });
  });

  it('sends a bearer token anywhere with allowInsecure', async () => {
    const { credentials } = await warm({ allowInsecure: true });

    expect(await headersOf(credentials, 'http://api.example.com')).toEqual({ authorization: 'Bearer token-1' });
  });

  it('adds the usage header on Google hosts only, and only where it is asked for', async () => {
    class Labelled extends ScriptedCredentials {
      protected override get usageLabel(): string {
        return 'u';
      }
    }
    const credentials = new Labelled({ usageHeader: true });
    const headers: Record<string, string> = { 'x-goog-api-client': 'gl-node/20' };

    await credentials.beforeRequest(undefined, 'GET', 'https://www.googleapis.com/x', headers);

    expect(headers['x-goog-api-client']).toBe('gl-node/20 cred-type/u');
    expect(await headersOf(credentials, 'https://www.googleapis.com.evil.example/')).not.toHaveProperty(
      'x-goog-api-client',
    );
    expect(await headersOf(new Labelled({}), 'https://www.googleapis.com/x')).not.toHaveProperty('x-goog-api-client');
  });
});

describe('quota project', () => {
  it('is sent with every request, and a copy with another one shares the refresh', async () => {
    const clock = manualClock();
    const plain = new ScriptedCredentials({ clock, quotaProjectId: 'one' });
    const copy = plain.withQuotaProject('two');

    const [first, second] = await Promise.all([headersOf(plain), headersOf(copy)]);

    expect(first).toEqual({ authorization: 'Bearer token-1', 'x-goog-user-project': 'one' });
    expect(second).toEqual({ authorization: 'Bearer token-1', 'x-goog-user-project': 'two' });
    expect(plain.mints).toBe(1);
    expect(copy.withQuotaProject(undefined).quotaProjectId).toBeUndefined();
    expect(plain.quotaProjectId).toBe('one');
  });

  it('wart 17: is read from the environment when it is asked for, not when the library is loaded', () => {
    const credentials = new ScriptedCredentials({ quotaProjectId: 'one' });

    vi.stubEnv('GOOGLE_CLOUD_QUOTA_PROJECT', 'from-env');

    expect(credentials.withQuotaProjectFromEnvironment().quotaProjectId).toBe('from-env');
  });

  it('wart 16: counts an empty environment variable as unset, and gives the very object back', () => {
    const credentials = new ScriptedCredentials({ quotaProjectId: 'one' });

    vi.stubEnv('GOOGLE_CLOUD_QUOTA_PROJECT', '');

    expect(credentials.withQuotaProjectFromEnvironment()).toBe(credentials);
  });
});

describe('immutability', () => {
  it('freezes the object, keeps nothing of the caller, and gives copies of the same class', () => {
    const options = { quotaProjectId: 'one' };
    const credentials = new ScriptedCredentials(options);
    options.quotaProjectId = 'two';

    expect(Object.isFrozen(credentials)).toBe(true);
    expect(() => Object.assign(credentials, { token: 'x' })).toThrow(TypeError);
    expect(credentials.withQuotaProject('three')).toBeInstanceOf(ScriptedCredentials);
    expect(credentials.quotaProjectId).toBe('one');
  });

  it('F81 takes no option from a polluted prototype', () => {
    Object.defineProperty(Object.prototype, 'quotaProjectId', { value: 'evil', configurable: true });
    try {
      expect(new ScriptedCredentials({}).quotaProjectId).toBeUndefined();
    } finally {
      Reflect.deleteProperty(Object.prototype, 'quotaProjectId');
    }
  });

  it('refuses a copy of another class, and says whose copy() is missing', () => {
    class Forgetful extends ScriptedCredentials {}

    expect(() => new Forgetful({}).withQuotaProject('x')).toThrow(/Forgetful must override copy\(\)/);
  });

  it('refuses a copy that keeps the token without sharing it, and says what is missing', () => {
    class Forgetful extends ScriptedCredentials {
      protected override copy(options: Partial<Script>): this {
        return new Forgetful({ ...this.options, ...options }) as this;
      }
    }

    expect(() => new Forgetful({}).withQuotaProject('x')).toThrow(
      /copy\(\) of Forgetful must hand on "this" as "share"/,
    );
  });

  it('shows a class that extends a kind the options that it was made with, and nobody else', () => {
    class Extended extends ScriptedCredentials {
      get shown(): object {
        return this.options;
      }
    }
    const options = { quotaProjectId: 'one', allowInsecure: true };

    const credentials = new Extended(options);

    expect({ ...credentials.shown }).toEqual(options);
    expect(Object.isFrozen(credentials.shown)).toBe(true);
    expect(inspect(credentials, { depth: 20, showHidden: true })).not.toContain('allowInsecure');
  });

  it.each([
    ['clock', { clock: {} }],
    ['transport', { transport: 5 }],
    ['universeDomain', { universeDomain: 'not a domain' }],
    ['allowInsecure', { allowInsecure: 'yes' }],
  ])('refuses a wrong %s by its name', (name, options) => {
    expect(() => new ScriptedCredentials(options as never)).toThrow(new RegExp(`"${name}`));
  });

  it.each([['no token'], ['a fresh token']])(
    'refuses a wrong request argument by its name with the first call, as a rejection: %s',
    async (held) => {
      const credentials = new ScriptedCredentials({});
      if (held === 'a fresh token') await credentials.refresh();
      const { mints } = credentials;

      for (const wrong of [7, {}, 'https://x', null, { request: 'x' }]) {
        await expect(credentials.beforeRequest(wrong as never, 'GET', API, {})).rejects.toThrow(/"request" must be/);
        await expect(credentials.refresh(wrong as never)).rejects.toThrow(/"request" must be/);
      }
      await expect(credentials.beforeRequest(undefined, 'GET', 7 as never, {})).rejects.toThrow(/"url"/);

      expect(credentials.mints).toBe(mints);
    },
  );

  it('refuses a wrong request argument of a call that joins a refresh under way', async () => {
    const credentials = new ScriptedCredentials({ mint: () => turn().then(() => tokens('shared')) });
    const first = credentials.refresh();

    await expect(credentials.refresh({} as never)).rejects.toThrow(/"request" must be/);

    await expect(first).resolves.toBeDefined();
  });
});

describe('secrets', () => {
  it('F78 never show in inspect, JSON, strings or clones', async () => {
    const credentials = new ScriptedCredentials({ mint: () => tokens('ya29.TOPSECRET') });
    await credentials.refresh();

    const shown = [
      inspect(credentials, { depth: 20, showHidden: true }),
      JSON.stringify(credentials),
      String(credentials),
      `${credentials}`,
      inspect(structuredClone({ ...credentials }), { depth: 20 }),
    ];

    for (const text of shown) expect(text).not.toContain('TOPSECRET');
    expect(credentials.token).toBe('ya29.TOPSECRET');
  });
});

describe('an hour of short tokens, random failures and an outage', () => {
  it('hands out no dead token, fails nobody while a token is usable, and recovers within one hold-off step', async () => {
    const clock = manualClock({ seed: 7 });
    const ends = new Map<string, number>();
    let outage = false;
    const credentials = new ScriptedCredentials({
      clock,
      mint: (count) => {
        if (outage || clock.random() < 0.3) throw refused();
        const value = `token-${String(count)}`;
        ends.set(value, clock.now() + 2_000);
        return tokens(value, clock.now() + 2_000);
      },
    });
    let dead = 0;
    let failedWhileUsable = 0;
    let usableUntil = 0;
    let recoveredAt: number | undefined;

    for (let second = 0; second < 3_600 * 20; second += 1) {
      const minute = second / 20 / 60;
      if (outage && minute >= 40) recoveredAt = undefined;
      outage = minute >= 30 && minute < 40;
      try {
        const value = (await headersOf(credentials))['authorization']?.slice(7) ?? '';
        const endsAt = ends.get(value) ?? 0;
        usableUntil = endsAt;
        if (endsAt <= clock.now()) dead += 1;
        if (minute >= 40) recoveredAt ??= minute;
      } catch {
        if (usableUntil > clock.now()) failedWhileUsable += 1;
      }
      await clock.advance(50);
    }

    expect(dead).toBe(0);
    expect(failedWhileUsable).toBe(0);
    expect((recoveredAt ?? 60) - 40).toBeLessThanOrEqual(1);
  });
});
