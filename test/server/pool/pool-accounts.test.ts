import { describe, expect, it, test } from 'vitest';
import { RefreshError, ServiceAccountCredentials, systemClock } from 'credence';
import { PoolAccounts } from '../../../src/server/pool/pool-accounts.js';
import { thrownBy } from '../../fixtures/http-answer.js';
import { anInfo, EMAIL, PEM } from '../../fixtures/service-account.js';

const OTHER = 'other@project.iam.gserviceaccount.com';

function accountsOf(given: unknown): PoolAccounts {
  return new PoolAccounts(given, systemClock);
}

test.each([
  ['what a key file holds', anInfo()],
  ['credentials', ServiceAccountCredentials.fromServiceAccountInfo(anInfo())],
  ['the text of a key file', JSON.stringify(anInfo())],
])('One account is given as %s.', (_, given) => {
  const accounts = accountsOf(given);

  expect(accounts.emails).toEqual([EMAIL]);
  expect(accounts.get(undefined)).toBe(accounts.get(EMAIL));
});

test.each([
  ['a list', [anInfo(), anInfo({ client_email: OTHER })]],
  [
    'a list of both forms',
    [anInfo(), ServiceAccountCredentials.fromServiceAccountInfo(anInfo({ client_email: OTHER }))],
  ],
  ['the JSON text of a list', JSON.stringify([anInfo(), anInfo({ client_email: OTHER })])],
])('Several accounts are given as %s; the first is asked where nobody says which.', (_, given) => {
  const accounts = accountsOf(given);

  expect(accounts.emails).toEqual([EMAIL, OTHER]);
  expect(accounts.get(undefined).serviceAccountEmail).toBe(EMAIL);
  expect(accounts.get(OTHER).serviceAccountEmail).toBe(OTHER);
});

test('Credentials are used as they are.', () => {
  const credentials = ServiceAccountCredentials.fromServiceAccountInfo(anInfo()).withSubject('user@example.com');

  expect(accountsOf(credentials).get(undefined)).toBe(credentials);
});

describe('an unknown account', () => {
  it('is answered with those that there are', () => {
    const error = thrownBy(() => accountsOf([anInfo(), anInfo({ client_email: OTHER })]).get('x@example.com'));

    expect(error).toBeInstanceOf(RefreshError);
    expect(error).toMatchObject({ code: 'no_token', retryable: false });
    expect(String(error)).toContain(`It has ${EMAIL}, ${OTHER}.`);
  });

  it('is answered with ten of them where there are many', () => {
    const infos = Array.from({ length: 25 }, (_, index) =>
      anInfo({ client_email: `robot-${String(index)}@example.com` }),
    );

    const error = thrownBy(() => accountsOf(infos).get('x@example.com'));

    expect(String(error)).toMatch(/robot-9@example\.com and 15 others\.$/);
  });
});

describe('what is given', () => {
  it.each([
    ['"serviceAccount" must be what a key file holds', undefined],
    ['"serviceAccount" must be what a key file holds', [7]],
    ['"serviceAccount" must be what a key file holds', 'null'],
    ['"serviceAccount" must hold at least one service account', []],
    ['"serviceAccount" must not hold the same service account twice', [anInfo(), anInfo()]],
  ])('must be accounts: %s', (message, given) => {
    expect(() => accountsOf(given)).toThrow(TypeError);
    expect(() => accountsOf(given)).toThrow(message);
  });

  it('is not quoted where it is no JSON', () => {
    const error = thrownBy(() => accountsOf(`{"private_key": ${JSON.stringify(PEM)}`));

    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'invalid_json' });
    expect(String(error)).not.toContain('PRIVATE KEY');
  });

  it('is told which field is wrong', () => {
    expect(() => accountsOf([anInfo(), anInfo({ private_key: undefined })])).toThrow(/lacks "private_key"/);
  });
});
