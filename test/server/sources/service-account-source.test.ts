import { describe, expect, it } from 'vitest';
import { ServiceAccountCredentials, ServiceAccountIdTokenCredentials, systemClock } from 'credence';
import { serviceAccountOf } from '../../../src/server/sources/service-account-source.js';
import type { ServiceAccountSource } from '../../../src/server/sources/token-source.js';
import { anInfo } from '../../fixtures/service-account.js';

const CLOUD_PLATFORM = 'https://www.googleapis.com/auth/cloud-platform';
const AUDIENCE = 'https://service.example.com';

function made(source: Partial<ServiceAccountSource> = {}, scopes?: readonly string[]) {
  const context = { clock: systemClock, request: undefined, scopes };
  return serviceAccountOf({ serviceAccount: anInfo(), ...source }, context);
}

describe('scopes', () => {
  it.each([
    ['left out', {}, undefined, [CLOUD_PLATFORM]],
    ['in the source', { scopes: 'a b' }, undefined, ['a', 'b']],
    ['beside the source', {}, ['a', 'b'], ['a', 'b']],
    ['as a claim', { claims: { scope: 'a b' } }, undefined, ['a', 'b']],
  ])('that are %s are asked for', (_, source, beside, scopes) => {
    const credentials = made(source, beside);

    expect(credentials).toBeInstanceOf(ServiceAccountCredentials);
    expect(credentials).toMatchObject({ scopes });
  });

  it.each([
    ['in and beside the source', { scopes: 'a' }, ['a']],
    ['in the source and as a claim', { scopes: 'a', claims: { scope: 'b' } }, undefined],
    ['beside the source and as a claim', { claims: { scope: 'b' } }, ['a']],
  ])('that stand %s are a TypeError: one of them would count for nothing', (_, source, beside) => {
    expect(() => made(source, beside)).toThrow(/^"scopes" must be given once/);
  });
});

describe('target_audience', () => {
  it('makes credentials of an ID token, with the other claims', () => {
    const credentials = made({
      claims: { target_audience: AUDIENCE, extra: 1 },
      url: 'https://elsewhere.example.com/',
    });

    expect(credentials).toBeInstanceOf(ServiceAccountIdTokenCredentials);
    expect(credentials).toMatchObject({ targetAudience: AUDIENCE, tokenUri: 'https://elsewhere.example.com/' });
  });

  it.each([
    [{ scopes: 'a' }, {}, undefined, '"scopes" must be left out where "claims" hold "target_audience"'],
    [{}, {}, ['a'], '"scopes" must be left out where "claims" hold "target_audience"'],
    [{}, { scope: 'a' }, undefined, '"scopes" must be left out where "claims" hold "target_audience"'],
    [{}, { sub: 'user@example.com' }, undefined, '"sub" of "claims" must be left out'],
  ])('stands beside neither scopes nor a user: %j and %j', (source, claims, beside, message) => {
    expect(() => made({ ...source, claims: { target_audience: AUDIENCE, ...claims } }, beside)).toThrow(message);
  });
});
