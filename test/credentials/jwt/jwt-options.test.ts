import { describe, expect, test } from 'vitest';
import { jwtOptions, onDemandJwtOptions } from '../../../src/credentials/jwt/jwt-options.js';
import { EMAIL, SIGNER } from '../../fixtures/service-account.js';

const RIGHT = { signer: SIGNER, issuer: EMAIL };

test('They are copied by their names, frozen, and deaf to later changes of the claims', () => {
  const additionalClaims = { list: [1] };

  const own = jwtOptions({ ...RIGHT, audience: 'a', additionalClaims, ...{ unknown: 1 } });
  additionalClaims.list.push(2);

  expect({ ...own }).toEqual({ ...RIGHT, audience: 'a', additionalClaims: { list: [1] } });
  expect(Object.isFrozen(own) && Object.isFrozen(own.additionalClaims?.['list'])).toBe(true);
});

test('Each kind keeps its own', () => {
  expect({ ...onDemandJwtOptions({ ...RIGHT, maxAudiences: 7, ...{ audience: 'a' } }) }).toEqual({
    ...RIGHT,
    maxAudiences: 7,
  });
});

test.each([1_000, 3_600_000, 365 * 86_400_000])('A JWT may live from a second to a year: %d ms', (tokenLifetimeMs) => {
  expect(jwtOptions({ ...RIGHT, tokenLifetimeMs }).tokenLifetimeMs).toBe(tokenLifetimeMs);
});

describe('A wrong one is a TypeError that names it', () => {
  test.each([
    [{ signer: 'PEM' }, '"signer"'],
    [{ issuer: '' }, '"issuer"'],
    [{ issuer: undefined }, '"issuer"'],
    [{ subject: 7 }, '"subject"'],
    [{ audience: '' }, '"audience"'],
    [{ audience: ['a'] }, '"audience"'],
    [{ additionalClaims: 'claims' }, '"additionalClaims"'],
    [{ signer: { ...SIGNER, sign: () => 7, algorithm: 'RS256', keyId: 5 } }, '"signer.keyId"'],
    [{ tokenLifetimeMs: 0.5 }, '"tokenLifetimeMs"'],
    [{ tokenLifetimeMs: 999 }, '"tokenLifetimeMs"'],
    [{ tokenLifetimeMs: 1_500.5 }, '"tokenLifetimeMs"'],
    [{ tokenLifetimeMs: 365 * 86_400_000 + 1 }, '"tokenLifetimeMs"'],
    [{ tokenLifetimeMs: 1e15 }, '"tokenLifetimeMs"'],
    [{ tokenLifetimeMs: '3600000' }, '"tokenLifetimeMs"'],
    [{ quotaProjectId: 'a b' }, '"quotaProjectId"'],
  ])('%j', (wrong, name) => {
    expect(() => jwtOptions({ ...RIGHT, ...wrong } as never)).toThrow(new RegExp(`^${name} `));
  });

  test('none at all', () => {
    expect(() => jwtOptions(undefined as never)).toThrow('"options"');
    expect(() => onDemandJwtOptions({ ...RIGHT, maxAudiences: -1 })).toThrow('"maxAudiences"');
  });
});
