import { describe, expect, it } from 'vitest';
import { addUsage } from '../../src/credentials/usage-header.js';

function usageOf(url: string, label: string | undefined, universe = 'googleapis.com'): unknown {
  const headers: Record<string, unknown> = { 'x-goog-api-client': 'gl-node/20' };
  addUsage(headers, url, label, universe);
  return headers['x-goog-api-client'];
}

describe('the usage header', () => {
  it('gets the kind’s name behind what stands there', () => {
    expect(usageOf('https://storage.googleapis.com/b', 'u')).toBe('gl-node/20 cred-type/u');
    expect(usageOf('https://storage.example.goog/b', 'u', 'example.goog')).toBe('gl-node/20 cred-type/u');
  });

  it.each(['https://storage.googleapis.com.evil.example/', 'https://api.example.com/', '/relative'])(
    'is left alone on a request to %s',
    (url) => {
      expect(usageOf(url, 'u')).toBe('gl-node/20');
    },
  );

  it('is left alone for a kind without a name', () => {
    expect(usageOf('https://storage.googleapis.com/b', undefined)).toBe('gl-node/20');
  });
});
