import { describe, expect, test } from 'vitest';
import { serviceAccountOptions } from '../../../src/credentials/service-account/service-account-options.js';
import { EMAIL, SIGNER } from '../../fixtures/service-account.js';

const RIGHT = { signer: SIGNER, serviceAccountEmail: EMAIL };

test('They are copied, frozen and completed', () => {
  const scopes = ['one'];

  const own = serviceAccountOptions({ ...RIGHT, scopes, defaultScopes: 'two three', ...{ unknown: 1 } });
  scopes.push('changed');

  expect({ ...own }).toEqual({
    ...RIGHT,
    tokenUri: 'https://oauth2.googleapis.com/token',
    scopes: ['one'],
    defaultScopes: ['two', 'three'],
  });
  expect(Object.isFrozen(own)).toBe(true);
});

test('Empty lists of scopes ask for nothing, as none do', () => {
  const own = serviceAccountOptions({ ...RIGHT, scopes: [], defaultScopes: ' ' });

  expect([own.scopes, own.defaultScopes]).toEqual([undefined, undefined]);
});

test('Claims are copied once, and copies of the credentials share them', () => {
  const additionalClaims = { nested: { list: [1] } };
  const own = serviceAccountOptions({ ...RIGHT, additionalClaims });
  additionalClaims.nested.list.push(2);

  expect(own.additionalClaims).toEqual({ nested: { list: [1] } });
  expect(serviceAccountOptions({ ...own, quotaProjectId: 'other' }).additionalClaims).toBe(own.additionalClaims);
});

describe('A wrong one is a TypeError that names it', () => {
  test.each([
    [{ signer: {} }, '"signer"'],
    [{ serviceAccountEmail: '' }, '"serviceAccountEmail"'],
    [{ subject: '' }, '"subject"'],
    [{ subject: 7 }, '"subject"'],
    [{ subject: null }, '"subject"'],
    [{ subject: [] }, '"subject"'],
    [{ projectId: '' }, '"projectId"'],
    [{ defaultAudience: [] }, '"defaultAudience"'],
    [{ assertionAudience: 7 }, '"assertionAudience"'],
    [{ alwaysUseJwtAccess: 'yes' }, '"alwaysUseJwtAccess"'],
    [{ additionalClaims: [] }, '"additionalClaims"'],
    [{ maxAudiences: 0 }, '"maxAudiences"'],
    [{ maxAudiences: -1 }, '"maxAudiences"'],
    [{ maxAudiences: 1.5 }, '"maxAudiences"'],
    [{ maxAudiences: NaN }, '"maxAudiences"'],
    [{ maxAudiences: '1' }, '"maxAudiences"'],
    [{ maxAudiences: null }, '"maxAudiences"'],
    [{ scopes: 7 }, '"scopes"'],
    [{ universeDomain: 'no domain' }, '"universeDomain"'],
  ])('%j', (wrong, name) => {
    expect(() => serviceAccountOptions({ ...RIGHT, ...wrong } as never)).toThrow(new RegExp(`^${name} `));
  });
});

test('F67 An endpoint that assertions must not be sent to is refused', () => {
  expect(() => serviceAccountOptions({ ...RIGHT, tokenUri: 'http://example.com/token' })).toThrow(
    expect.objectContaining({ code: 'endpoint_refused' }),
  );
});
