import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { AccessToken, Clock, Credentials } from 'credence';
import { manualClock } from 'credence/testing';

const API = 'https://api.example.com/';

/** What a kind shows of itself to the contract. */
export interface KindUnderTest {
  /** Makes credentials that mint tokens of an hour, or hold one for ever. */
  readonly make: (clock: Clock) => Credentials;
  /** Secrets that it holds. */
  readonly secrets: readonly string[];
  /** How often its source was asked, where it has one. */
  readonly mints?: () => number;
  /** The header that carries the secret; `null` for a kind that sends none. */
  readonly header: string | null;
  /** Whether a quota project can be named. */
  readonly quota: boolean;
  /** For kinds that make a token for each URL and hold none of their own: the state that they show without a URL. */
  readonly perUrl?: 'fresh' | 'invalid';
}

const apply = async (credentials: Credentials): Promise<Record<string, string>> => {
  const headers: Record<string, string> = {};
  await credentials.beforeRequest(undefined, 'GET', API, headers);
  return headers;
};

/** Every kind keeps these promises. */
export function credentialsContract(name: string, setUp: () => KindUnderTest): void {
  describe(`${name} keeps the contract of all kinds`, () => {
    it('is frozen', () => {
      const { make } = setUp();

      expect(Object.isFrozen(make(manualClock()))).toBe(true);
    });

    it('F78 shows no secret in inspect, JSON, strings or clones, before and after a token', async () => {
      const { make, secrets } = setUp();
      const credentials = make(manualClock());

      for (let round = 0; round < 2; round += 1) {
        const shown = [
          inspect(credentials, { depth: 20, showHidden: true }),
          JSON.stringify(credentials),
          String(credentials),
        ];
        shown.push(inspect(structuredClone({ ...credentials }), { depth: 20, showHidden: true }));
        for (const secret of secrets) for (const text of shown) expect(text).not.toContain(secret);
        await apply(credentials);
      }
    });

    it('F27 asks its source once for many callers', async () => {
      const { make, mints } = setUp();
      const credentials = make(manualClock());

      const all = await Promise.all(Array.from({ length: 1_000 }, () => apply(credentials)));

      expect(new Set(all.map((headers) => JSON.stringify(headers))).size).toBe(1);
      if (mints !== undefined) expect(mints()).toBe(1);
    });

    it('puts its secret into its own header, replacing what stood there', async () => {
      const { make, header } = setUp();
      const credentials = make(manualClock());

      const headers: Record<string, string> = header === null ? {} : { [header.toUpperCase()]: 'old' };
      await credentials.beforeRequest(undefined, 'GET', API, headers);

      expect(Object.keys(headers)).toEqual(header === null ? [] : [header]);
    });

    it('F55 hears a caller’s abort', async () => {
      const { make, header } = setUp();
      const signal = AbortSignal.abort('gone');

      if (header !== null)
        await expect(make(manualClock()).beforeRequest(undefined, 'GET', API, {}, { signal })).rejects.toBe('gone');
    });

    it('F82 names options and signals that are none, before and after a token', async () => {
      const { make, header } = setUp();
      const credentials = make(manualClock());
      if (header === null) return;
      const wrong = [null, 5, { signal: null }, { signal: {} }, { signal: new AbortController() }];

      for (const url of [API, `${API}/once-more`]) {
        for (const options of wrong) {
          const call = credentials.beforeRequest(undefined, 'GET', url, {}, options as never);
          await expect(call).rejects.toThrow(/^"(options|signal)" must be an /);
          await expect(credentials.refresh(undefined, options as never)).rejects.toThrow(TypeError);
        }
        await apply(credentials);
      }
    });

    it('has no token to drop before the first', () => {
      expect(
        setUp()
          .make(manualClock())
          .invalidate(undefined as never),
      ).toBe(false);
    });

    it('sends the quota project, and keeps everything else in the copy', async () => {
      const { make, quota } = setUp();
      const credentials = make(manualClock());
      if (!quota) return;
      const before = await apply(credentials);

      const copy = credentials.withQuotaProject('project');

      expect(await apply(copy)).toEqual({ ...before, 'x-goog-user-project': 'project' });
      expect(await apply(credentials)).toEqual(before);
      expect(Object.isFrozen(copy)).toBe(true);
      expect(copy.constructor).toBe(credentials.constructor);
    });

    it('refuses to send its secret over plain http', async () => {
      const { make, header } = setUp();
      const headers = {};

      const sending = make(manualClock()).beforeRequest(undefined, 'GET', 'http://example.com/', headers);

      if (header === null) await sending;
      else await expect(sending).rejects.toMatchObject({ code: 'insecure_target' });
      expect(headers).toEqual({});
    });

    it('agrees with itself about its state', async () => {
      const { make, perUrl } = setUp();
      const credentials = make(manualClock());

      await apply(credentials);

      expect(credentials.tokenState).toBe(perUrl ?? 'fresh');
      expect(credentials.valid).toBe(credentials.tokenState === 'fresh');
      expect(credentials.expired).toBe(false);
      expect(credentials.tryApply({})).toBe(perUrl === undefined);
      if (perUrl !== undefined) expect(credentials.token).toBeUndefined();
    });
  });
}

/** For kinds that can mint: staleness is served and mended in the background. */
export function refreshingContract(name: string, setUp: () => KindUnderTest & { readonly mints: () => number }): void {
  describe(`${name} keeps the contract of kinds that refresh`, () => {
    it('serves a stale token at once and refreshes it in the background', async () => {
      const clock = manualClock();
      const { make, mints } = setUp();
      const credentials = make(clock);
      const first = await apply(credentials);
      await clock.advance(3_600_000 - 100_000);

      const stale = await apply(credentials);

      expect(stale).toEqual(first);
      await clock.advance(100);
      // A source in another process notes the question when it has started.
      await expect.poll(mints).toBe(2);
    });

    it('F82 refuses a request argument that is none with the first call, before and after a token', async () => {
      const { make, mints } = setUp();
      const credentials = make(manualClock());

      for (const minted of [0, 1]) {
        const wrong = [credentials.refresh({} as never), credentials.beforeRequest({} as never, 'GET', API, {})];
        for (const call of wrong) await expect(call).rejects.toThrow(/"request" must be/);
        expect(mints()).toBe(minted);
        await apply(credentials);
      }
    });

    it('refresh() always asks the source, and gives the new token; it is refused where only a URL tells which', async () => {
      const { make, mints, perUrl } = setUp();
      const credentials = make(manualClock());
      if (perUrl !== undefined) {
        await expect(credentials.refresh()).rejects.toMatchObject({ code: 'not_refreshable' });
        expect(mints()).toBe(0);
        return;
      }

      const one: AccessToken = await credentials.refresh();
      const two = await credentials.refresh();

      expect(mints()).toBe(2);
      expect(two.value).not.toBe(one.value);
      expect(credentials.token).toBe(two.value);
    });
  });
}
