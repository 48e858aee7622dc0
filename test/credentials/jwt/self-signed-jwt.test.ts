import jws from 'jws';
import { describe, expect, test } from 'vitest';
import type { Signer } from 'credence';
import { manualClock } from 'credence/testing';
import { lifespan, selfSigned, signed } from '../../../src/credentials/jwt/self-signed-jwt.js';
import { rejection } from '../../contract/secrets.js';
import { publicPemOf, RSA } from '../../fixtures/keys.js';
import { claimsOf, countedSigner, EMAIL, PEM, SIGNER } from '../../fixtures/service-account.js';

const NOW = Date.UTC(2025, 0, 1) + 999;
const IAT = Math.floor(NOW / 1000);
const flight = new AbortController();

const PLAIN = { audience: undefined, scopes: undefined, claims: undefined, lifetimeMs: undefined };
const sign = (parts: object = {}) =>
  selfSigned({ signer: SIGNER, issuer: EMAIL, subject: EMAIL, ...PLAIN, ...parts }, manualClock({ now: NOW }), flight);

describe('selfSigned', () => {
  test('says who, for whom and how long, byte for byte as jws would', async () => {
    const { accessToken } = await sign({ audience: 'https://pubsub.googleapis.com/' });

    const claims = { iss: EMAIL, sub: EMAIL, iat: IAT, exp: IAT + 3600, aud: 'https://pubsub.googleapis.com/' };
    const header = { alg: 'RS256', typ: 'JWT', kid: 'key-1' } as const;
    expect(accessToken.value).toBe(jws.sign({ header, payload: JSON.stringify(claims), secret: PEM }));
    expect(jws.verify(accessToken.value, 'RS256', publicPemOf(RSA))).toBe(true);
    expect(accessToken.expiresAt).toBe((IAT + 3600) * 1000);
  });

  test('carries scopes instead of an audience', async () => {
    const { accessToken, grantedScopes } = await sign({ scopes: ['one', 'two'] });

    expect(claimsOf(accessToken.value)).toEqual({
      iss: EMAIL,
      sub: EMAIL,
      iat: IAT,
      exp: IAT + 3600,
      scope: 'one two',
    });
    expect([accessToken.scopes, grantedScopes]).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ]);
  });

  test('lets further claims go before its own, and ends when they say', async () => {
    const { accessToken } = await sign({ claims: { sub: 'other', custom: [1], exp: IAT + 60 } });

    expect(claimsOf(accessToken.value)).toMatchObject({ iss: EMAIL, sub: 'other', custom: [1], exp: IAT + 60 });
    expect(accessToken.expiresAt).toBe((IAT + 60) * 1000);
  });

  test('F18 is believed for a year at most, whatever end a claim names', async () => {
    const year = 365 * 86_400_000;

    const ends = await Promise.all(
      [NOW + 3_600_000, 1e300, Number.MAX_VALUE].map(
        async (exp) => (await sign({ claims: { exp } })).accessToken.expiresAt,
      ),
    );

    expect(ends).toEqual([NOW + year, NOW + year, NOW + year]);
  });

  test('F18 has ended where a claim names an end before all time', async () => {
    const { accessToken } = await sign({ claims: { exp: -1e300 } });

    expect(accessToken.expiresAt).toBe(0);
  });

  test('lives as long as it is told to', async () => {
    const { accessToken } = await sign({ lifetimeMs: 90_000 });

    expect(accessToken.expiresAt).toBe((IAT + 90) * 1000);
  });
});

describe('signed', () => {
  test('F82 a signer that fails is named by its code, and asked again later or not as it says itself', async () => {
    const failing = { ...countedSigner(), sign: () => Promise.reject(new Error('the key service is down')) };

    expect(await rejection(signed(failing, {}, flight))).toMatchObject({ code: 'signing_failed' });
  });

  test('F78 what a signer throws is the cause, without the request that a client hung onto it', async () => {
    const plain = new Error('the key service is down');
    const thrown = Object.assign(new Error('refused'), { config: { headers: { authorization: 'Bearer SECRET' } } });
    const failing = (error: Error): Signer => ({ ...countedSigner(), sign: () => Promise.reject(error) });

    const [kept, summed] = await Promise.all(
      [plain, thrown].map((error) => rejection(signed(failing(error), {}, flight))),
    );

    expect((kept as Error).cause).toBe(plain);
    expect(summed).toMatchObject({ code: 'signing_failed', cause: { message: 'refused' } });
    expect((summed as Error).cause).not.toHaveProperty('config');
  });

  test('an abort is no failure of the signer', async () => {
    const failing = { ...countedSigner(), sign: () => Promise.reject(new Error('aborted')) };

    expect(await rejection(signed(failing, {}, { signal: AbortSignal.abort('gone') }))).toBe('gone');
  });
});

test('A life is counted in whole seconds, from the second that has begun', () => {
  expect(lifespan(1_999, 3_600_000)).toEqual({ iat: 1, exp: 3_601 });
});
