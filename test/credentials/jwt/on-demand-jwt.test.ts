import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { manualClock } from 'credence/testing';
import { OnDemandJwtCredentials } from '../../../src/credentials/jwt/on-demand-jwt.js';
import { ServiceAccountCredentials } from '../../../src/credentials/service-account/service-account.js';
import { headersOf } from '../../fixtures/scripted-credentials.js';
import { aKey, anInfo, claimsOf, countedSigner, EMAIL, SIGNER } from '../../fixtures/service-account.js';
import { temporaryFolder } from '../../fixtures/temporary-folder.js';

const URL_ONE = 'https://pubsub.googleapis.com/v1/projects/p?x=1';
const folder = temporaryFolder();

const onDemand = (options: object = {}) => new OnDemandJwtCredentials({ signer: SIGNER, issuer: EMAIL, ...options });
const claimsAt = async (credentials: OnDemandJwtCredentials, url: string) =>
  claimsOf((await headersOf(credentials, url))['authorization']);

describe('Each URL gets its own token', () => {
  test('whose audience is the URL without query and fragment', async () => {
    const credentials = onDemand({ additionalClaims: { a: 1 } });

    expect(await claimsAt(credentials, `${URL_ONE}#fragment`)).toMatchObject({
      ...{ iss: EMAIL, sub: EMAIL, a: 1 },
      aud: 'https://pubsub.googleapis.com/v1/projects/p',
    });
    expect((await claimsAt(credentials, 'https://storage.googleapis.com'))['aud']).toBe(
      'https://storage.googleapis.com/',
    );
  });

  test('which is signed once, whatever the query', async () => {
    const signer = countedSigner();
    const credentials = onDemand({ signer });

    const all = await Promise.all(
      Array.from({ length: 100 }, (_, index) => headersOf(credentials, `https://a.example/v1?x=${String(index)}`)),
    );

    expect(new Set(all.map((headers) => headers['authorization'])).size).toBe(1);
    expect(signer.count).toBe(1);
  });

  test('and as many as are allowed are held', async () => {
    const signer = countedSigner();
    const credentials = onDemand({ signer, maxAudiences: 1 });

    for (const path of ['one', 'two', 'two', 'one']) await headersOf(credentials, `https://a.example/${path}`);

    expect(signer.count).toBe(3);
  });

  test('until its window opens: then it is served, and signed anew in the background', async () => {
    const clock = manualClock();
    const signer = countedSigner();
    const credentials = onDemand({ signer, clock });
    const first = await headersOf(credentials);
    await clock.advance(3_600_000 - 100_000);

    expect(await headersOf(credentials)).toEqual(first);
    await clock.advance(1);

    expect(signer.count).toBe(2);
    expect(await headersOf(credentials)).not.toEqual(first);
  });
});

test('They are always valid, and hold no token of their own', async () => {
  const credentials = onDemand();
  await headersOf(credentials);

  expect([credentials.valid, credentials.expired, credentials.tokenState]).toEqual([true, false, 'fresh']);
  expect([credentials.token, credentials.expiry, credentials.tryApply({})]).toEqual([undefined, undefined, false]);
  expect(() => credentials.apply({})).toThrow(expect.objectContaining({ code: 'no_token' }));
});

test('A refresh is refused: no URL tells the audience', async () => {
  await expect(onDemand().refresh()).rejects.toMatchObject({ code: 'not_refreshable', retryable: false });
});

test('A token that was handed over is applied as it is', () => {
  const headers: Record<string, string> = {};

  onDemand({ quotaProjectId: 'project' }).apply(headers, 'token');

  expect(headers).toEqual({ authorization: 'Bearer token', 'x-goog-user-project': 'project' });
});

test('F43 Only the token that was rejected is dropped', async () => {
  const credentials = onDemand({ signer: countedSigner() });
  const one = await headersOf(credentials, 'https://a.example/one');
  const two = await headersOf(credentials, 'https://a.example/two');

  expect(credentials.invalidate(String(one['authorization']).replace('Bearer ', ''))).toBe(true);

  expect(await headersOf(credentials, 'https://a.example/one')).not.toEqual(one);
  expect(await headersOf(credentials, 'https://a.example/two')).toEqual(two);
});

describe('Copies', () => {
  test('that differ in the quota project share the tokens, and each names its own', async () => {
    const signer = countedSigner();
    const credentials = onDemand({ signer, quotaProjectId: 'one' });
    const copy = credentials.withQuotaProject('two');

    const headers = [await headersOf(credentials), await headersOf(copy)];

    expect(headers.map((each) => each['x-goog-user-project'])).toEqual(['one', 'two']);
    expect(signer.count).toBe(1);
  });

  test('with other claims sign their own tokens, and keep the rest', async () => {
    const copy = onDemand({ additionalClaims: { a: 1 }, quotaProjectId: 'project' }).withClaims({
      subject: 'sub',
      additionalClaims: { b: 2 },
    });

    expect(await claimsAt(copy, URL_ONE)).toMatchObject({ iss: EMAIL, sub: 'sub', a: 1, b: 2 });
    expect(copy.quotaProjectId).toBe('project');
  });
});

describe('Factories', () => {
  test('take a key file, its contents, or other credentials that can sign', async () => {
    writeFileSync(folder.file, JSON.stringify(anInfo()));

    const made = [
      await OnDemandJwtCredentials.fromServiceAccountFile(folder.file),
      OnDemandJwtCredentials.fromServiceAccountInfo(anInfo(), { subject: EMAIL }),
      OnDemandJwtCredentials.fromSigningCredentials(new ServiceAccountCredentials(aKey())),
    ];

    for (const credentials of made) {
      expect(await claimsAt(credentials, URL_ONE)).toMatchObject({ iss: EMAIL, sub: EMAIL });
      expect(credentials.getCredentialInfo()).toMatchObject({ principal: EMAIL });
    }
  });

  test('make the class that they are called on, with its bound', async () => {
    class Own extends OnDemandJwtCredentials {}
    const signer = countedSigner();

    const credentials = Own.fromSigningCredentials(onDemand({ signer }), { maxAudiences: 1 });

    expect(credentials).toBeInstanceOf(Own);
    for (const path of ['one', 'two', 'one']) await headersOf(credentials, `https://a.example/${path}`);
    expect(signer.count).toBe(3);
  });
});

test('They can sign other things too', async () => {
  const credentials = onDemand({ signer: countedSigner() });

  expect(Buffer.from(await credentials.signBytes('text')).toString()).toBe('the-signature-1');
  expect([credentials.signerEmail, credentials.signer.keyId]).toEqual([EMAIL, 'key-1']);
});

test.each([null, {}, 'x', 5, new AbortController()])('F55 A signal that is none is named: %j', async (signal) => {
  const call = onDemand().beforeRequest(undefined, 'GET', URL_ONE, {}, { signal: signal as never });

  await expect(call).rejects.toThrow(new TypeError('"signal" must be an AbortSignal'));
});

test.each(['abc', [1], null, new Map()])('F82 Claims that are none are a TypeError: %j', (additionalClaims) => {
  expect(() => onDemand().withClaims({ additionalClaims: additionalClaims as never })).toThrow(
    new TypeError('"additionalClaims" must be an object that can be written as JSON'),
  );
});
