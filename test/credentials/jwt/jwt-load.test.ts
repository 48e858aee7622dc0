import { describe, expect, test } from 'vitest';
import { jwtOptionsOfCredentials, jwtOptionsOfInfo } from '../../../src/credentials/jwt/jwt-load.js';
import { ServiceAccountCredentials } from '../../../src/credentials/service-account/service-account.js';
import { thrownBy } from '../../fixtures/http-answer.js';
import { aKey, anInfo, EMAIL, SIGNER } from '../../fixtures/service-account.js';

describe('A key file', () => {
  test('gives key, account, universe and quota project', () => {
    const { signer, ...rest } = jwtOptionsOfInfo(
      anInfo({ universe_domain: 'example.cloud', quota_project_id: 'quota' }),
      'the info',
      {},
    );

    expect(rest).toEqual({ issuer: EMAIL, universeDomain: 'example.cloud', quotaProjectId: 'quota' });
    expect([signer.keyId, signer.algorithm]).toEqual(['key-1', 'RS256']);
  });

  test('comes after what the caller says, but for the key', () => {
    const options = { issuer: 'other', subject: 'sub', quotaProjectId: 'mine', signer: 'mine', unknown: 1 };

    const { signer, ...rest } = jwtOptionsOfInfo(anInfo({ quota_project_id: 'quota' }), 'the info', options);

    expect(rest).toEqual({ issuer: 'other', subject: 'sub', quotaProjectId: 'mine', universeDomain: 'googleapis.com' });
    expect(signer.keyId).toBe('key-1');
  });

  test('F66 with a fault is refused with its name', () => {
    const error = thrownBy(() => jwtOptionsOfInfo(anInfo({ private_key: 'no key' }), 'the info', {}));

    expect(error).toMatchObject({ code: 'invalid_key', message: expect.stringContaining('"private_key" of the info') });
  });
});

describe('Other credentials', () => {
  test('lend their signer and their name, and nothing else', () => {
    const other = new ServiceAccountCredentials(aKey()).withQuotaProject('theirs');

    expect(jwtOptionsOfCredentials(other, { subject: 'sub' })).toEqual({
      signer: SIGNER,
      issuer: EMAIL,
      subject: 'sub',
    });
    expect(jwtOptionsOfCredentials(other, { issuer: 'mine' }).issuer).toBe('mine');
  });

  test.each([undefined, {}, { signer: SIGNER }, { signerEmail: EMAIL }])(
    'that cannot sign are a TypeError: %j',
    (value) => {
      expect(() => jwtOptionsOfCredentials(value as never, {})).toThrow(/^"credentials(\.signer)?" must be/);
    },
  );
});

test('Options that are none are a TypeError', () => {
  expect(() => jwtOptionsOfInfo(anInfo(), 'the info', 7 as never)).toThrow('"options"');
});
