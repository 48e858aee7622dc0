import { describe, expect, test } from 'vitest';
import { isHost } from '../../src/google/metadata-address.js';

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
