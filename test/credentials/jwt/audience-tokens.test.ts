import { describe, expect, test } from 'vitest';
import { AnonymousCredentials, StaticCredentials, type Credentials, type Signer } from 'credence';
import { FirstUse } from '../../../src/base/first-use.js';
import { AudienceTokens } from '../../../src/credentials/jwt/audience-tokens.js';
import { loadHeldAudiences } from '../../../src/credentials/jwt/held-audiences.js';
import { JwtCredentials } from '../../../src/credentials/jwt/jwt.js';
import { BY_ORIGIN } from '../../../src/credentials/jwt/request-audience.js';
import { claimsOf, countedSigner, EMAIL, SIGNER } from '../../fixtures/service-account.js';

const ONE = 'https://one.googleapis.com/v1/things';
const TWO = 'https://two.googleapis.com/v1/things';
const OWNER = new AnonymousCredentials();

function tokensOf(maxAudiences?: number, key?: Signer) {
  const counted = countedSigner();
  const signer = key ?? counted;
  let begun = 0;
  const credentialsFor = (audience: string): Credentials => {
    begun += 1;
    return new JwtCredentials({ signer, issuer: EMAIL, audience });
  };
  const holding = new FirstUse(async () => {
    const hold = await loadHeldAudiences();
    return (made: { maxAudiences?: number | undefined }) =>
      hold({ maxAudiences: made.maxAudiences, signer, rule: BY_ORIGIN, credentialsFor });
  });
  const tokens = new AudienceTokens({ guessKey: BY_ORIGIN.guessKey, holding }, { maxAudiences });
  const apply = async (
    url: string,
    owner: Credentials = OWNER,
    signal?: AbortSignal,
  ): Promise<Record<string, string>> => {
    const headers: Record<string, string> = {};
    await tokens.beforeRequest(owner, { request: undefined, method: 'GET', url, headers, options: { signal } });
    return headers;
  };
  return {
    signer: counted,
    tokens,
    apply,
    /** For how many audiences credentials were made. */
    begun: () => begun,
    audienceAt: async (url: string) => claimsOf((await apply(url))['authorization'])['aud'],
  };
}

test('Two hosts that share one object never get each other’s token, among 1,000 callers at once', async () => {
  const { audienceAt, signer } = tokensOf();
  const urls = Array.from({ length: 1_000 }, (_, index) => (index % 3 === 0 ? ONE : `${TWO}/${String(index)}`));

  const audiences = await Promise.all(urls.map(audienceAt));

  expect(audiences).toEqual(urls.map((url) => `${new URL(url).origin}/`));
  expect(signer.count).toBe(2);
});

test.each([
  'https:/two.googleapis.com/v1',
  'https:\\\\two.googleapis.com/v1',
  'https:///two.googleapis.com/v1',
  'https://\t/two.googleapis.com/v1',
  'https://one.googleapis.com@two.googleapis.com/v1',
  'https://two.googleapis.com?x=https://one.googleapis.com/',
])('A host that is spelt oddly gets its own token too: %j', async (url) => {
  const { audienceAt, signer } = tokensOf();
  await audienceAt(ONE);
  await audienceAt(url.replaceAll('two', 'one'));

  expect(await audienceAt(url)).toBe('https://two.googleapis.com/');
  expect(await audienceAt(TWO)).toBe('https://two.googleapis.com/');
  expect(signer.count).toBeLessThanOrEqual(3);
});

test('The token of a known audience is applied at once, and nothing is signed', async () => {
  const { tokens, apply, signer } = tokensOf();
  const { authorization } = await apply(ONE);
  const headers: Record<string, string> = {};

  const applying = tokens.beforeRequest(OWNER, {
    request: undefined,
    method: 'GET',
    url: 'https://one.googleapis.com/other?x=1',
    headers,
    options: undefined,
  });

  expect(headers).toEqual({ authorization });
  expect(signer.count).toBe(1);
  await applying;
});

test('What was used least recently is let go, so that the memory is bounded', async () => {
  const { apply, signer } = tokensOf(2);
  const host = (index: number): string => `https://host-${String(index)}.googleapis.com/`;
  for (const index of [1, 2, 1, 3]) await apply(host(index));

  await apply(host(1));
  expect(signer.count).toBe(3);
  await apply(host(2));
  expect(signer.count).toBe(4);
});

test.each([
  ['held here', SIGNER],
  ['held elsewhere', undefined],
])('F27 Whoever has to make room while callers wait is signed for once, by a key that is %s', async (_, key) => {
  const { audienceAt, begun } = tokensOf(1, key);
  const urls = Array.from({ length: 100 }, (_each, index) => (index % 2 === 0 ? ONE : TWO));

  const audiences = await Promise.all(urls.map(audienceAt));

  expect(audiences).toEqual(urls.map((url) => `${new URL(url).origin}/`));
  expect(begun()).toBe(2);
});

test('F58 Nobody is kept for whom no caller waits any longer', async () => {
  const { apply, begun } = tokensOf(1);

  for (const url of [ONE, TWO, ONE]) await apply(url);

  expect(begun()).toBe(3);
});

test('The quota project is that of whoever asks', async () => {
  const { apply, signer } = tokensOf();

  const [bare, billed] = [
    await apply(ONE),
    await apply(ONE, new StaticCredentials({ token: 'token', quotaProjectId: 'project' })),
  ];

  expect(billed).toEqual({ ...bare, 'x-goog-user-project': 'project' });
  expect(signer.count).toBe(1);
});

describe('invalidate()', () => {
  test('drops the token that was rejected, and no other', async () => {
    const { apply, tokens, signer } = tokensOf();
    const { authorization = '' } = await apply(ONE);
    const two = await apply(TWO);

    expect(tokens.invalidate(authorization.replace('Bearer ', ''))).toBe(true);

    expect(await apply(TWO)).toEqual(two);
    expect((await apply(ONE))['authorization']).not.toBe(authorization);
    expect(signer.count).toBe(3);
  });

  test('knows nothing before the first token, or of tokens that are none of its own', async () => {
    const { apply, tokens } = tokensOf();

    expect(tokens.invalidate('unknown')).toBe(false);
    await apply(ONE);
    expect(tokens.invalidate('unknown')).toBe(false);
  });
});

test('F55 A caller’s abort ends that wait', async () => {
  const { apply, signer } = tokensOf();

  await expect(apply(ONE, OWNER, AbortSignal.abort('gone'))).rejects.toBe('gone');
  expect(signer.count).toBe(0);
});

test.each(['/v1/things', 'one.googleapis.com', 7])('A URL that names no host is a TypeError: %j', async (url) => {
  const { apply } = tokensOf();
  await apply(ONE);

  await expect(apply(url as string)).rejects.toThrow(TypeError);
});

test('F55 A caller who leaves while the first audiences are loaded is let go at once', async () => {
  const never = new FirstUse<never>(() => new Promise(() => undefined));
  const tokens = new AudienceTokens({ guessKey: BY_ORIGIN.guessKey, holding: never }, {});
  const leaving = new AbortController();
  const call = { request: undefined, method: 'GET', url: ONE, headers: {}, options: { signal: leaving.signal } };

  const waiting = tokens.beforeRequest(OWNER, call);
  leaving.abort(new Error('gone'));

  await expect(waiting).rejects.toThrow('gone');
});
