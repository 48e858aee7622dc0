import { describe, expect, test } from 'vitest';
import {
  accessTokenRequest,
  emailRequest,
  identityRequest,
  isHost,
  isMetadataUrl,
  isProjectId,
  isServiceAccount,
  metadataRequest,
  pingRequest,
} from '../../src/google/metadata-server.js';

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

describe('A host is a host with or without a port, and nothing else', () => {
  test.each([
    'metadata.google.internal',
    'metadata.google.internal.',
    '169.254.169.254',
    '127.0.0.1:8080',
    '[fd20:ce::254]:80',
    'metadata',
    'gce_mds:1',
  ])('%s is one.', (value) => {
    expect(isHost(value)).toBe(true);
  });

  test.each([
    'http://127.0.0.1',
    '127.0.0.1/',
    'user@host',
    'host:port',
    'host:99999',
    'ho st',
    '',
    ':80',
    'host?x',
    'host#x',
    '[::1',
    '-host',
  ])('"%s" is none.', (value) => {
    expect(isHost(value)).toBe(false);
  });
});

describe('A service account is named by "default" or an e-mail address', () => {
  test.each(['default', 'a-b@p.iam.gserviceaccount.com', '123-compute@developer.gserviceaccount.com', 'p.svc.id.goog'])(
    '%s names one.',
    (value) => {
      expect(isServiceAccount(value)).toBe(true);
    },
  );

  test.each(['', '..', '.', 'a/b', 'a?b', 'a#b', 'a%2Fb', 'a b', 'a\n', 7, undefined])('%j names none.', (value) => {
    expect(isServiceAccount(value)).toBe(false);
  });
});

test('A URL of the metadata server is known by protocol, host and path.', () => {
  expect(isMetadataUrl(metadataRequest(HOST, 'project/project-id').url, HOST)).toBe(true);
  expect(isMetadataUrl(metadataRequest(HOST, 'project/project-id').url, '127.0.0.1:80')).toBe(false);
  expect(isMetadataUrl(`https://${HOST}/computeMetadata/v1/`, HOST)).toBe(false);
  expect(isMetadataUrl('http://localhost/computeMetadata/v1/', 'LOCALHOST:80')).toBe(true);
  expect(isMetadataUrl('http://localhost/computeMetadata/v1/', 'no host')).toBe(false);
});

test.each([
  ['my-project', true],
  ['example.com:my-project-1', true],
  ['', false],
  ['-project', false],
  ['my project', false],
  ['<html>', false],
  ['project\n', false],
  ['p'.repeat(256), false],
])('A project is called by letters, digits, dashes, dots and colons: %j', (value, expected) => {
  expect(isProjectId(value)).toBe(expected);
});
