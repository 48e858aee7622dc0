import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  detectionSettings,
  metadataHost,
  metadataTimeoutMs,
} from '../../../src/credentials/metadata/metadata-environment.js';
import { namedMetadataHost } from '../../../src/credentials/metadata/metadata-host.js';
import { thrownBy } from '../../fixtures/http-answer.js';
import { forgetMetadataServer } from '../../fixtures/metadata-server.js';

beforeEach(forgetMetadataServer);
afterEach(() => {
  vi.unstubAllEnvs();
});

it('without variables everything is as Google has it', () => {
  expect(metadataHost()).toBe('metadata.google.internal');
  expect(metadataTimeoutMs()).toBeUndefined();
  expect(detectionSettings()).toEqual({
    forbidden: false,
    address: '169.254.169.254',
    timeoutMs: 2_800,
    attempts: 3,
  });
});

it('GCE_METADATA_HOST goes before GCE_METADATA_ROOT, and both are read at each call', () => {
  vi.stubEnv('GCE_METADATA_ROOT', 'root.example:1');
  const first = metadataHost();
  vi.stubEnv('GCE_METADATA_HOST', 'host.example:2');

  expect(first).toBe('root.example:1');
  expect(metadataHost()).toBe('host.example:2');
});

it('the ping goes to GCE_METADATA_IP, else to where all else goes', () => {
  vi.stubEnv('GCE_METADATA_HOST', '127.0.0.1:1');
  const host = detectionSettings();
  vi.stubEnv('GCE_METADATA_IP', '127.0.0.1:2');

  expect(host).toMatchObject({ address: '127.0.0.1:1', variable: 'GCE_METADATA_HOST' });
  expect(detectionSettings()).toMatchObject({ address: '127.0.0.1:2', variable: 'GCE_METADATA_IP' });
});

it.each(['http://127.0.0.1:80', '127.0.0.1/path', 'user:secret@host'])(
  'a host that is more than a host and a port is refused without being quoted: %s',
  (value) => {
    vi.stubEnv('GCE_METADATA_HOST', value);

    const error = thrownBy(metadataHost);

    expect(error).toMatchObject({ code: 'metadata_unavailable', retryable: false });
    expect(String(error)).toContain('GCE_METADATA_HOST');
    expect(String(error)).not.toContain(value);
    expect(namedMetadataHost()).toBe(value);
  },
);

it.each(['GCE_METADATA_HOST', 'GCE_METADATA_ROOT'])('the variable that holds no host is named: %s', (variable) => {
  vi.stubEnv(variable, 'http://127.0.0.1');

  expect(thrownBy(metadataHost)).toHaveProperty('message', expect.stringMatching(`^${variable} must be a host, `));
});

it.each([
  ['10', 10_000],
  ['0.25', 250],
  [' 4 ', 4_000],
  ['0', undefined],
  ['-1', undefined],
  ['soon', undefined],
  ['1e9', undefined],
  ['', undefined],
])('GCE_METADATA_TIMEOUT is seconds, and unset where it is no positive number: %j', (value, timeoutMs) => {
  vi.stubEnv('GCE_METADATA_TIMEOUT', value);

  expect(metadataTimeoutMs()).toBe(timeoutMs);
  expect(detectionSettings().timeoutMs).toBe(timeoutMs ?? 2_800);
});

it.each([
  ['1', 1],
  ['7', 7],
  ['0', 3],
  ['many', 3],
  ['1.5', 3],
])('GCE_METADATA_DETECT_RETRIES counts the pings: %s', (value, attempts) => {
  vi.stubEnv('GCE_METADATA_DETECT_RETRIES', value);

  expect(detectionSettings().attempts).toBe(attempts);
});

it.each([
  ['true', true],
  ['True', false],
  ['1', false],
  ['', false],
])('NO_GCE_CHECK forbids to look only where it is exactly "true": %j', (value, forbidden) => {
  vi.stubEnv('NO_GCE_CHECK', value);

  expect(detectionSettings().forbidden).toBe(forbidden);
});
