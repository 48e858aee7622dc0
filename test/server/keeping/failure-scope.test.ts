import { expect, test } from 'vitest';
import { AccessToken, RefreshError, ServiceAccountCredentials, type RefreshErrorCode } from 'credence';
import { concernsIssuer, sharedFailure } from '../../../src/server/keeping/failure-scope.js';
import { anInfo } from '../../fixtures/service-account.js';

test.each<RefreshErrorCode>([
  'endpoint_unreachable',
  'rate_limited',
  'server_unavailable',
  'timed_out',
  'unexpected_response',
])('%s is a failure of everybody who asks that issuer.', (code) => {
  expect(concernsIssuer(new RefreshError(code, 'x'))).toBe(true);
});

test.each(['invalid_client', 'unauthorized_client', 'unsupported_grant_type'])(
  '%s is a failure of everybody who asks as that client.',
  (oauthError) => {
    expect(concernsIssuer(new RefreshError('request_refused', 'x', { oauthError }))).toBe(true);
  },
);

test.each<[RefreshErrorCode, string | undefined]>([
  ['invalid_grant', 'invalid_grant'],
  ['request_refused', 'invalid_scope'],
  ['source_failed', undefined],
  ['token_already_expired', undefined],
])('%s with the word %s is a failure of one token.', (code, oauthError) => {
  expect(concernsIssuer(new RefreshError(code, 'x', { oauthError }))).toBe(false);
});

test('What a domain does not allow a service account to do for one user is no failure of others.', () => {
  const account = ServiceAccountCredentials.fromServiceAccountInfo(anInfo());
  const refusal = new RefreshError('request_refused', 'x', { oauthError: 'unauthorized_client' });
  const outage = new RefreshError('server_unavailable', 'x');
  const forUser = account.withSubject('user@example.com');

  expect(sharedFailure(refusal, forUser)).toBeUndefined();
  expect(sharedFailure(refusal, account)).toBe(refusal);
  expect(sharedFailure(outage, forUser)).toBe(outage);
  expect(sharedFailure(outage, undefined)).toBe(outage);
  expect(sharedFailure(new AccessToken('x'), account)).toBeUndefined();
});
