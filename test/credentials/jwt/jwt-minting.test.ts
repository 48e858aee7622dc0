import { expect, test } from 'vitest';
import { manualClock } from 'credence/testing';
import { mintJwt } from '../../../src/credentials/jwt/jwt-minting.js';
import { jwtOptions } from '../../../src/credentials/jwt/jwt-options.js';
import { claimsOf, EMAIL, SIGNER } from '../../fixtures/service-account.js';

const clock = manualClock();

async function minted(options: object = {}) {
  const own = jwtOptions({ signer: SIGNER, issuer: EMAIL, clock, ...options });
  const { accessToken } = await mintJwt(own, new AbortController());
  return { expiresAt: accessToken.expiresAt, claims: claimsOf(accessToken.value) };
}

test('The JWT says what the options say', async () => {
  const { claims, expiresAt } = await minted({
    ...{ subject: 'sub', audience: 'https://api.example/' },
    ...{ additionalClaims: { custom: 1 }, tokenLifetimeMs: 60_000 },
  });

  expect(claims).toMatchObject({ iss: EMAIL, sub: 'sub', aud: 'https://api.example/', custom: 1 });
  expect(claims).not.toHaveProperty('scope');
  expect(expiresAt).toBe(clock.now() + 60_000);
});

test('It speaks for its issuer, to nobody in particular and for an hour, where nothing else is said', async () => {
  const { claims, expiresAt } = await minted();

  expect(claims).toMatchObject({ iss: EMAIL, sub: EMAIL });
  expect(claims).not.toHaveProperty('aud');
  expect(expiresAt).toBe(clock.now() + 3_600_000);
});
