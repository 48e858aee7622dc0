import { describe, expect, test } from 'vitest';
import { metadataRequest } from '../../src/google/metadata-requests.js';
import { isMetadataUrl, isServiceAccount } from '../../src/google/metadata-server.js';

const HOST = 'metadata.google.internal';

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
