import { describe, expect, it } from 'vitest';
import { gcloudAsk } from '../../../src/credentials/gcloud/gcloud-ask.js';

describe('gcloudAsk', () => {
  it('asks for the active account of gcloud, of whose tokens five minutes are believed, and waits 20 s', () => {
    expect(gcloudAsk({})).toEqual({
      command: 'gcloud',
      account: undefined,
      assumedLifetimeMs: 300_000,
      timeoutMs: 20_000,
    });
  });

  it('asks for what is given', () => {
    const ask = { command: 'x', account: 'ann@example.com', assumedLifetimeMs: 1, timeoutMs: 2 };

    expect(gcloudAsk(ask)).toEqual(ask);
  });
});
