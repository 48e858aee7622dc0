import jws from 'jws';
import { describe, expect, test } from 'vitest';
import { manualClock } from 'credence/testing';
import {
  accessTokenByAssertion,
  idTokenByAssertion,
} from '../../../src/credentials/service-account/service-account-grant.js';
import type { ServiceAccountKeyRecord } from '../../../src/credentials/service-account/service-account-options.js';
import { decodeJwt } from '../../../src/jose/jwt.js';
import type { HttpResponse, TransportRequest } from '../../../src/transport/transport.js';
import { rejection } from '../../contract/secrets.js';
import { httpAnswer } from '../../fixtures/http-answer.js';
import { everythingShown, publicPemOf, RSA } from '../../fixtures/keys.js';
import { aKey, assertionOf, claimsOf, EMAIL } from '../../fixtures/service-account.js';

const NOW = Date.UTC(2025, 0, 1);
const GRANTED = httpAnswer(200, { access_token: 'granted', expires_in: 3_600 });
const GOOGLE = 'https://oauth2.googleapis.com/token';

/** Answers one request after the other; the last answer stays. */
function asking(...answers: HttpResponse[]) {
  const clock = manualClock({ now: NOW });
  const requests: TransportRequest[] = [];
  const request = (each: TransportRequest): Promise<HttpResponse> => {
    requests.push(each);
    return Promise.resolve(answers[Math.min(requests.length, answers.length) - 1]!);
  };
  return { clock, requests, context: { request, clock, flight: new AbortController() } };
}

async function assertionFor(key: Partial<ServiceAccountKeyRecord>, subject?: string): Promise<string> {
  const { requests, context } = asking(GRANTED);
  await accessTokenByAssertion(aKey(key), { scopes: ['one', 'two'], subject }, context);
  return assertionOf(requests[0]!);
}

describe('The assertion', () => {
  test('says who asks for what, for an hour, signed as jws would verify it', async () => {
    const assertion = await assertionFor({});

    const iat = NOW / 1000;
    expect({ ...claimsOf(assertion) }).toEqual({ iss: EMAIL, aud: GOOGLE, iat, exp: iat + 3600, scope: 'one two' });
    expect(jws.verify(assertion, 'RS256', publicPemOf(RSA))).toBe(true);
    expect({ ...decodeJwt(assertion).header }).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-1' });
  });

  test('names the user who is acted for; further claims go before everything', async () => {
    expect(claimsOf(await assertionFor({}, 'user@example.com'))['sub']).toBe('user@example.com');
    expect(
      claimsOf(await assertionFor({ additionalClaims: { sub: 'other', custom: 1 } }, 'user@example.com')),
    ).toMatchObject({ sub: 'other', custom: 1 });
  });

  test.each([
    [GOOGLE, undefined, GOOGLE],
    ['https://oauth2.restricted.googleapis.com/token', undefined, GOOGLE],
    ['https://oauth2.p.googleapis.com/token', undefined, GOOGLE],
    ['https://as.example.com/token', undefined, 'https://as.example.com/token'],
    ['https://googleapis.com.example.com/token', undefined, 'https://googleapis.com.example.com/token'],
    ['https://as.example.com/token', 'https://as.example.com/', 'https://as.example.com/'],
  ])('for %s (%s) is addressed to %s', async (tokenUri, assertionAudience, audience) => {
    expect(claimsOf(await assertionFor({ tokenUri, assertionAudience }))['aud']).toBe(audience);
  });
});

test('The request says which library asks for which kind of token', async () => {
  const { requests, context } = asking(GRANTED, httpAnswer(200, { id_token: 'a.b.c' }));

  await accessTokenByAssertion(aKey(), { scopes: ['one'] }, context);
  await idTokenByAssertion(aKey(), 'https://service.example', {
    ...asking(httpAnswer(200, { id_token: 'a.b.c' })).context,
    request: context.request,
  });

  expect(
    requests.map(({ url, headers }) => [url, headers?.['x-goog-api-client']?.replace(/^gl-node\/\S+ auth\/\S+ /, '')]),
  ).toEqual([
    [GOOGLE, 'auth-request-type/at cred-type/sa'],
    [GOOGLE, 'auth-request-type/it cred-type/sa'],
  ]);
});

describe('F14 A refusal is told with what there is to check of a service account', () => {
  const REFUSED = httpAnswer(401, { error: 'unauthorized_client', error_description: 'Client is unauthorized' });
  const messageFor = async (key: Partial<ServiceAccountKeyRecord>, subject?: string): Promise<string> => {
    const { context } = asking(REFUSED);
    const error = await rejection(accessTokenByAssertion(aKey(key), { scopes: ['one'], subject }, context));
    expect(error).toMatchObject({ code: 'request_refused', oauthError: 'unauthorized_client' });
    return (error as Error).message;
  };

  test('where it acts for a user, that it may', async () => {
    const messages = [
      await messageFor({}, 'user@example.com'),
      await messageFor({ additionalClaims: { sub: 'user@example.com' } }),
    ];

    for (const message of messages) {
      expect(message).toContain('May the service account act for that user, with every one of these scopes?');
      expect(message).toContain('domain-wide delegation in the Admin console');
      expect(message).not.toContain('client secret');
    }
  });

  test('where it acts for itself, its scopes', async () => {
    expect(await messageFor({})).toMatch(
      /it refuses this client or request\. Check the scopes, and the service account and its token URI\. The server said/,
    );
  });
});

test('F22 The scopes are those that were granted, or, where none are named, those that were asked for', async () => {
  const fewer = asking(httpAnswer(200, { access_token: 'granted', expires_in: 60, scope: 'one' }));
  const silent = asking(GRANTED);

  const tokens = [
    await accessTokenByAssertion(aKey(), { scopes: ['one', 'two'] }, fewer.context),
    await accessTokenByAssertion(aKey(), { scopes: ['one', 'two'] }, silent.context),
  ];

  expect(tokens.map(({ grantedScopes }) => grantedScopes)).toEqual([['one'], ['one', 'two']]);
});

test('An ID token is asked for by its audience', async () => {
  const { requests, context } = asking(httpAnswer(200, { id_token: 'a.b.c' }));

  expect(await idTokenByAssertion(aKey(), 'https://service.example', context)).toBe('a.b.c');
  expect(claimsOf(assertionOf(requests[0]!))).toMatchObject({ iss: EMAIL, target_audience: 'https://service.example' });
});

describe('F40 A refusal on account of the clock', () => {
  const refusedAt = (date: string) => httpAnswer(400, { error: 'invalid_grant' }, { date });

  test.each([
    ['behind', 'Wed, 01 Jan 2025 02:00:00 GMT', 7_200],
    ['ahead', 'Tue, 31 Dec 2024 22:00:00 GMT', -7_200],
  ])('is mended once, by the time of the server: this machine is %s', async (_, date, skewSeconds) => {
    const { requests, context } = asking(refusedAt(date), GRANTED);

    const { accessToken } = await accessTokenByAssertion(aKey(), { scopes: ['one'] }, context);

    expect(accessToken.value).toBe('granted');
    const issuedAt = requests.map((request) => Number(claimsOf(assertionOf(request))['iat']) - NOW / 1000);
    expect(issuedAt).toEqual([0, skewSeconds]);
  });

  test('that stays one is told: nobody is asked a third time', async () => {
    const { requests, context } = asking(refusedAt('Wed, 01 Jan 2025 02:00:00 GMT'));

    const error = await rejection(accessTokenByAssertion(aKey(), { scopes: ['one'] }, context));

    expect(error).toMatchObject({
      code: 'invalid_grant',
      message: expect.stringContaining("machine's clock") as unknown,
    });
    expect(requests).toHaveLength(2);
  });

  test.each([
    ['where the clocks agree', refusedAt('Wed, 01 Jan 2025 00:00:59 GMT')],
    ['where the server does not tell its time', httpAnswer(400, { error: 'invalid_grant' })],
    [
      'where the refusal has another reason',
      httpAnswer(400, { error: 'invalid_scope' }, { date: 'Wed, 01 Jan 2025 02:00:00 GMT' }),
    ],
    ['where the server is down', httpAnswer(503, {}, { date: 'Wed, 01 Jan 2025 02:00:00 GMT' })],
  ])('is not assumed %s', async (_, answer) => {
    const { requests, context } = asking(answer);

    await rejection(accessTokenByAssertion(aKey(), { scopes: ['one'] }, context));

    expect(requests).toHaveLength(1);
  });
});

test('F79 A description that echoes the assertion is masked', async () => {
  const { clock, requests, context } = asking(GRANTED);
  const request = (each: TransportRequest): Promise<HttpResponse> => {
    requests.push(each);
    return Promise.resolve(httpAnswer(400, { error: 'invalid_grant', error_description: `Bad ${assertionOf(each)}` }));
  };

  const error = await rejection(accessTokenByAssertion(aKey(), { scopes: ['one'] }, { ...context, request, clock }));

  expect(everythingShown(error)).not.toContain(assertionOf(requests[0]!).slice(-40));
});
