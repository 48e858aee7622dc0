import { describe, expect, test } from 'vitest';
import { metadataRequest } from '../../src/google/metadata-requests.js';
import { isHost, isMetadataUrl, isProjectId, isServiceAccount } from '../../src/google/metadata-server.js';

const HOST = 'metadata.google.internal';

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
