import { expect, test } from 'vitest';
import {
  AnonymousCredentials,
  ApiKeyCredentials,
  JwtCredentials,
  OnDemandJwtCredentials,
  ServiceAccountCredentials,
  StaticCredentials,
} from 'credence';
import { requireKeepable } from '../../../src/server/keeping/keepable.js';
import { anInfo } from '../../fixtures/service-account.js';

const account = ServiceAccountCredentials.fromServiceAccountInfo(anInfo());

test.each([
  ['a service account without scopes', account, /^"source" must be .* Name scopes/],
  ['one that acts for a user, without scopes', account.withSubject('user@example.com'), /Name scopes/],
  ['a signer for each URL', OnDemandJwtCredentials.fromServiceAccountInfo(anInfo()), /JwtCredentials have one/],
  ['nobody', new AnonymousCredentials(), /AnonymousCredentials have none/],
])('Credentials of %s have no token to keep, and the TypeError says what to do.', (_, credentials, message) => {
  expect(() => requireKeepable(credentials)).toThrow(TypeError);
  expect(() => requireKeepable(credentials)).toThrow(message);
});

test.each([
  ['a service account with scopes', account.withScopes('a')],
  ['one with default scopes', account.withScopes(undefined, 'a')],
  ['one that signs for its scopes', account.withScopes('a').withAlwaysUseJwtAccess(true)],
  [
    'one with a default audience',
    ServiceAccountCredentials.fromServiceAccountInfo(anInfo(), { defaultAudience: 'https://a.example.com/' }),
  ],
  [
    'a signer for one audience',
    JwtCredentials.fromServiceAccountInfo(anInfo(), { audience: 'https://a.example.com/' }),
  ],
  ['a token', new StaticCredentials('t')],
  ['an API key', new ApiKeyCredentials('k')],
  ['whoever is found later', undefined],
])('Credentials of %s are kept.', (_, credentials) => {
  expect(() => requireKeepable(credentials)).not.toThrow();
});
