import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { namedMetadataHost } from '../../../src/credentials/metadata/metadata-host.js';
import { forgetMetadataServer } from '../../fixtures/metadata-server.js';

beforeEach(forgetMetadataServer);
afterEach(() => {
  vi.unstubAllEnvs();
});

it('the host is Google’s where no variable names another', () => {
  expect(namedMetadataHost()).toBe('metadata.google.internal');
});

it('GCE_METADATA_HOST goes before GCE_METADATA_ROOT, and both are read at each call, unchecked', () => {
  vi.stubEnv('GCE_METADATA_ROOT', 'http://root.example/');
  const first = namedMetadataHost();
  vi.stubEnv('GCE_METADATA_HOST', 'host.example:2');

  expect([first, namedMetadataHost()]).toEqual(['http://root.example/', 'host.example:2']);
});
