import { describe, expect, test } from 'vitest';
import { manualClock, type ManualClock } from 'credence/testing';
import type { HttpResponse, Transport } from '../../src/transport/transport.js';
import { IssuerKeys } from '../../src/verification/issuer-keys.js';
import { whetherHeld } from '../fixtures/held-process.js';
import { httpAnswer } from '../fixtures/http-answer.js';
import { answering, keysAnswer } from '../fixtures/id-tokens.js';
import { jwkOf, P256, RSA } from '../fixtures/keys.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const RSA_KEY = { keyId: 'rsa', algorithm: 'RS256' } as const;
const NEW_KEY = { keyId: 'new', algorithm: 'RS256' } as const;
const DOWN = httpAnswer(503, 'down');
const ROTATED = keysAnswer({ keys: [jwkOf(RSA, { kid: 'new' })] });

interface Issuer {
  readonly keys: IssuerKeys;
  readonly clock: ManualClock;
  readonly asked: () => number;
}

/** The keys of an issuer that gives these answers in turn, for an hour each where they do not say. */
function issuer(...answers: readonly HttpResponse[]): Issuer {
  const clock = manualClock();
  const { transport, asked } = answering(...answers);
  return { keys: keysOf(transport, clock), clock, asked };
}

function keysOf(transport: Transport, clock: ManualClock): IssuerKeys {
  return new IssuerKeys({ certsUrl: 'https://issuer.example/keys', transport, clock });
}

/** How the look-up ends, time passing for as long as its retries wait. */
async function outcome({ keys, clock }: Issuer, named: Parameters<IssuerKeys['find']>[0] = RSA_KEY): Promise<string> {
  let ended = false;
  const ending = keys
    .find(named)
    .then(
      () => 'found',
      (error: { code: string }) => error.code,
    )
    .finally(() => (ended = true));
  while (!ended) await clock.advance(100);
  return await ending;
}

describe('Keys that are current', () => {
  test('The keys are fetched once, and serve for their lifetime', async () => {
    const { keys, clock, asked } = issuer(keysAnswer());

    const first = await keys.find(RSA_KEY);
    await clock.advance(HOUR - 300_000);
    const last = await keys.find(RSA_KEY);

    expect(first.algorithm).toBe('RS256');
    expect(last).toBe(first);
    expect(asked()).toBe(1);
  });

  test('A thousand callers at once make one request', async () => {
    const { keys, asked } = issuer(keysAnswer());

    const found = await Promise.all(Array.from({ length: 1_000 }, () => keys.find(RSA_KEY)));

    expect(new Set(found).size).toBe(1);
    expect(asked()).toBe(1);
  });

  test('Shortly before their end they are renewed while nobody waits', async () => {
    const { keys, clock, asked } = issuer(keysAnswer(), ROTATED);
    await keys.find(RSA_KEY);
    await clock.advance(HOUR - MINUTE);

    const old = await keys.find(RSA_KEY);
    await clock.advance(0);
    const renewed = await keys.find(NEW_KEY);

    expect([old.algorithm, renewed.algorithm]).toEqual(['RS256', 'RS256']);
    expect(asked()).toBe(2);
  });

  test('Keys that have ended are not used while the issuer answers', async () => {
    const one = issuer(keysAnswer(), ROTATED);
    await outcome(one);
    await one.clock.advance(HOUR);

    expect(await outcome(one)).toBe('key_unknown');
    expect(await outcome(one, NEW_KEY)).toBe('found');
    expect(one.asked()).toBe(2);
  });

  test('Sleep of the machine counts as time', async () => {
    const one = issuer(keysAnswer(), ROTATED);
    await outcome(one);

    one.clock.suspend(HOUR);

    expect(await outcome(one, NEW_KEY)).toBe('found');
  });

  test('A wall clock that is set back lengthens no life', async () => {
    const one = issuer(keysAnswer(), ROTATED);
    await outcome(one);

    one.clock.stepWall(-HOUR);
    await one.clock.advance(HOUR);

    expect(await outcome(one, NEW_KEY)).toBe('found');
  });
});

describe('The choice of the key', () => {
  test('A token without a key id is verified where only one key can be meant', async () => {
    const { keys } = issuer(keysAnswer());

    await expect(keys.find({ keyId: undefined, algorithm: 'ES256' })).resolves.toMatchObject({ algorithm: 'ES256' });
  });

  test('A token without a key id is refused where several could be meant', async () => {
    const one = issuer(keysAnswer({ keys: [jwkOf(P256, { kid: 'a' }), jwkOf(P256, { kid: 'b' })] }));

    expect(await outcome(one, { keyId: undefined, algorithm: 'ES256' })).toBe('key_unknown');
  });

  test.each(['__proto__', 'constructor', 'toString', ''])(
    'F81 A key id that no key has leads nowhere: %j',
    async (keyId) => {
      expect(await outcome(issuer(keysAnswer()), { keyId, algorithm: 'RS256' })).toBe('key_unknown');
    },
  );
});

describe('A key id that is not known', () => {
  test('The keys are fetched anew, once', async () => {
    const { keys, clock, asked } = issuer(keysAnswer(), ROTATED);
    await keys.find(RSA_KEY);
    await clock.advance(MINUTE);

    const found = await Promise.all(Array.from({ length: 100 }, () => keys.find(NEW_KEY)));

    expect(found).toHaveLength(100);
    expect(asked()).toBe(2);
  });

  test('F26 An issuer that rotates right after its keys were fetched is asked again at once, and as often as it does', async () => {
    const sets = ['rsa', 'new', 'newer', 'newest'].map((kid) => keysAnswer({ keys: [jwkOf(RSA, { kid })] }));
    const { keys, asked } = issuer(...sets);

    for (const keyId of ['rsa', 'new', 'newer', 'newest']) await keys.find({ keyId, algorithm: 'RS256' });

    expect(asked()).toBe(4);
  });

  test('F26 A key that came while they were on their way is asked for once more', async () => {
    const clock = manualClock();
    let come: (answer: HttpResponse) => void = () => undefined;
    const late = new Promise<HttpResponse>((resolve) => (come = resolve));
    const answers = [keysAnswer(), late, ROTATED];
    const keys = keysOf(async () => (await answers.shift())!, clock);
    await keys.find(RSA_KEY);
    await clock.advance(HOUR - 100_000);
    await keys.find(RSA_KEY);

    const finding = keys.find(NEW_KEY);
    come(keysAnswer());

    expect(await finding).toBeDefined();
    expect(answers).toEqual([]);
  });

  test('F26 An id that nobody knows has the same keys fetched anew once, and then every 30 s at most', async () => {
    const one = issuer(keysAnswer());
    await outcome(one);
    const askedAfter = async (ms: number): Promise<number> => {
      await one.clock.advance(ms);
      await outcome(one, NEW_KEY);
      return one.asked();
    };

    expect([await askedAfter(0), await askedAfter(0), await askedAfter(29_000), await askedAfter(1_000)]).toEqual([
      2, 2, 2, 3,
    ]);
  });

  test('F26 Keys that were renewed by themselves may be old again as soon as the issuer rotates', async () => {
    const one = issuer(keysAnswer(), keysAnswer(), keysAnswer(), ROTATED);
    await outcome(one);
    await outcome(one, { ...RSA_KEY, keyId: 'made-up' });
    await one.clock.advance(HOUR);
    await outcome(one);

    expect(await outcome(one, NEW_KEY)).toBe('found');
    expect(one.asked()).toBe(4);
  });

  test('Keys that were fetched for a token are not fetched for it once more', async () => {
    const one = issuer(keysAnswer());

    expect(await outcome(one, NEW_KEY)).toBe('key_unknown');
    expect(one.asked()).toBe(1);
  });

  test('A storm of made-up ids before there are any keys fetches them twice at most', async () => {
    const { keys, asked } = issuer(keysAnswer());

    const storm = Array.from({ length: 500 }, (_, index) => keys.find({ ...RSA_KEY, keyId: `made-up-${index}` }));
    const outcomes = await Promise.allSettled(storm);

    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(asked()).toBeLessThanOrEqual(2);
  });

  test('A flood of made-up ids asks the issuer once more at once, then twice a minute, and not more', async () => {
    const { keys, clock, asked } = issuer(keysAnswer());
    const codes = new Set<unknown>();

    for (let second = 0; second < 120; second += 1) {
      const flood = Array.from({ length: 20 }, (_, index) => ({ ...RSA_KEY, keyId: `${second}-${index}` }));
      const outcomes = await Promise.allSettled(flood.map((named) => keys.find(named)));
      for (const each of outcomes) codes.add(each.status === 'rejected' ? (each.reason as { code: string }).code : '');
      await clock.advance(1_000);
    }

    expect([...codes]).toEqual(['key_unknown']);
    expect(asked()).toBe(5);
  });

  test('Nobody can tell whether there is such a key while the issuer is silent, and the known ones serve on', async () => {
    const one = issuer(keysAnswer(), DOWN);
    await outcome(one);
    await one.clock.advance(MINUTE);

    expect(await outcome(one, NEW_KEY)).toBe('certificates_unavailable');
    expect(await outcome(one)).toBe('found');
  });
});

describe('An issuer that is silent', () => {
  test('F26 Without any keys the failure is told, after three attempts', async () => {
    const one = issuer(DOWN);

    expect(await outcome(one)).toBe('certificates_unavailable');
    expect(one.asked()).toBe(3);
  });

  test('F26 The next callers are refused at once until the hold-off is over, each with an error of their own', async () => {
    const { keys, clock, asked } = issuer(DOWN, DOWN, DOWN, keysAnswer());
    await outcome({ keys, clock, asked });
    const errors = await Promise.all([keys.find(RSA_KEY), keys.find(RSA_KEY)].map((each) => each.catch(String)));
    const askedMeanwhile = asked();

    await clock.advance(MINUTE);
    const found = await keys.find(RSA_KEY);

    expect(errors).toEqual([expect.stringContaining('503'), expect.stringContaining('503')]);
    expect(askedMeanwhile).toBe(3);
    expect(found.algorithm).toBe('RS256');
  });

  test('F26 Its last keys serve a day beyond their end, and then no longer', async () => {
    const one = issuer(keysAnswer(), DOWN);
    await outcome(one);
    await one.clock.advance(HOUR);
    const atTheEnd = await outcome(one);

    await one.clock.advance(24 * HOUR - MINUTE);
    const withinTheDay = await outcome(one);
    await one.clock.advance(MINUTE);

    expect([atTheEnd, withinTheDay]).toEqual(['found', 'found']);
    expect(await outcome(one)).toBe('certificates_unavailable');
  });

  test('F26 Once it is known to be silent, nobody waits for it, and it is asked now and then', async () => {
    const { keys, clock, asked } = issuer(keysAnswer(), DOWN);
    await keys.find(RSA_KEY);
    await clock.advance(HOUR);
    await outcome({ keys, clock, asked });
    const askedBefore = asked();

    for (let minute = 0; minute < 10; minute += 1) {
      await clock.advance(MINUTE);
      await keys.find(RSA_KEY);
    }

    expect(asked() - askedBefore).toBe(10);
  });

  test('F26 When it answers again, its keys are current again', async () => {
    const one = issuer(keysAnswer(), DOWN, DOWN, DOWN, ROTATED);
    await outcome(one);
    await one.clock.advance(HOUR);
    await outcome(one);
    await one.clock.advance(MINUTE);

    const meanwhile = await outcome(one);
    await one.clock.advance(MINUTE);

    expect(meanwhile).toBe('found');
    expect(await outcome(one, NEW_KEY)).toBe('found');
  });

  test.each([
    ['a web page', httpAnswer(200, '<html>Sign in</html>')],
    ['no keys', httpAnswer(200, { keys: [] })],
    ['an error', httpAnswer(200, { error: 'internal' })],
  ])('F26 %s never takes the place of keys', async (_, wrong: HttpResponse) => {
    const one = issuer(keysAnswer(), wrong);
    await outcome(one);
    await one.clock.advance(HOUR - MINUTE);
    await outcome(one);
    await one.clock.advance(MINUTE);

    expect(await outcome(one)).toBe('found');
    expect(one.asked()).toBeGreaterThan(1);
  });

  test('F82 The process is held while somebody waits for a transport that hangs, and no longer', async () => {
    const clock = manualClock();
    const keys = keysOf(() => new Promise(() => undefined), clock);

    const held = await whetherHeld(
      () => keys.find(RSA_KEY),
      () => clock.advance(60_000),
    );

    expect(held).toEqual([true, false]);
  });

  test('A transport that hangs is given up after 30 s', async () => {
    const clock = manualClock();
    const startedAt = clock.monotonic();
    const one = { keys: keysOf(() => new Promise(() => undefined), clock), clock, asked: () => 0 };

    expect(await outcome(one)).toBe('certificates_unavailable');
    expect(clock.monotonic() - startedAt).toBeLessThanOrEqual(30_100);
  });

  test('A transport that has become useless is a failure like others', async () => {
    const clock = manualClock();
    const client = { request: undefined };

    const one = { keys: keysOf(client as never, clock), clock, asked: () => 0 };

    expect(await outcome(one)).toBe('certificates_unavailable');
  });
});

test('Who aborts leaves alone, and the keys come for the others', async () => {
  const { keys, asked } = issuer(keysAnswer());
  const leaving = new AbortController();
  const [left, stayed] = [keys.find(RSA_KEY, leaving.signal), keys.find(RSA_KEY)];

  leaving.abort(new Error('gone'));

  await expect(left).rejects.toThrow('gone');
  await expect(stayed).resolves.toMatchObject({ algorithm: 'RS256' });
  expect(asked()).toBe(1);
});
