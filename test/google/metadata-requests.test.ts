import { expect, test } from 'vitest';
import {
  accessTokenRequest,
  emailRequest,
  identityRequest,
  metadataRequest,
  pingRequest,
} from '../../src/google/metadata-requests.js';

const HOST = 'metadata.google.internal';
const METRICS = /^gl-node\/\S+ auth\/\S+ auth-request-type\//;

test('Every request is a plain GET that carries the flavor and goes past every proxy.', () => {
  for (const request of [
    accessTokenRequest(HOST, 'default', undefined),
    metadataRequest(HOST, 'project/project-id'),
    emailRequest(HOST, 'default'),
    pingRequest('169.254.169.254'),
  ]) {
    expect(request.method).toBe('GET');
    expect(request.headers).toMatchObject({ 'metadata-flavor': 'Google' });
    expect(request.proxy).toBe(false);
    expect(Object.isFrozen(request)).toBe(true);
  }
});

test('An access token is asked for by the path of its account, with scopes only where some are named.', () => {
  const bare = accessTokenRequest(HOST, 'default', undefined);
  const empty = accessTokenRequest(HOST, 'default', []);
  const scoped = accessTokenRequest(HOST, 'sa@p.iam.gserviceaccount.com', ['a', 'https://b/c']);

  expect(bare.url).toBe(`http://${HOST}/computeMetadata/v1/instance/service-accounts/default/token`);
  expect(empty.url).toBe(bare.url);
  expect(new URL(scoped.url).pathname).toBe(
    '/computeMetadata/v1/instance/service-accounts/sa@p.iam.gserviceaccount.com/token',
  );
  expect([...new URL(scoped.url).searchParams]).toEqual([['scopes', 'a,https://b/c']]);
});

test('Token requests and the ping tell what they are for.', () => {
  const identity = { account: 'default', audience: 'a', format: 'full', licenses: false } as const;

  expect(accessTokenRequest(HOST, 'default', undefined).headers?.['x-goog-api-client']).toMatch(
    new RegExp(`${METRICS.source}at cred-type/mds$`),
  );
  expect(identityRequest(HOST, identity).headers?.['x-goog-api-client']).toMatch(
    new RegExp(`${METRICS.source}it cred-type/mds$`),
  );
  expect(pingRequest(HOST).headers?.['x-goog-api-client']).toMatch(new RegExp(`${METRICS.source}mds$`));
  expect(metadataRequest(HOST, 'project/project-id').headers).not.toHaveProperty('x-goog-api-client');
});

test('An ID token is asked for with its audience, encoded, its format, and licences only where they are wanted.', () => {
  const parts = { account: 'default', audience: 'https://a.run.app/?x=1&y', format: 'standard' } as const;

  const without = new URL(identityRequest(HOST, { ...parts, licenses: false }).url);
  const having = new URL(identityRequest(HOST, { ...parts, licenses: true }).url);

  expect(without.pathname).toBe('/computeMetadata/v1/instance/service-accounts/default/identity');
  expect(Object.fromEntries(without.searchParams)).toEqual({ audience: parts.audience, format: 'standard' });
  expect(Object.fromEntries(having.searchParams)).toEqual({
    audience: parts.audience,
    format: 'standard',
    licenses: 'TRUE',
  });
});

test('The ping goes to the root of the address.', () => {
  expect(pingRequest('169.254.169.254').url).toBe('http://169.254.169.254/');
});
