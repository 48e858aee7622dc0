import { describe, expect, it } from 'vitest';
import { AnonymousCredentials } from 'credence';
import { headersOf } from '../fixtures/scripted-credentials.js';

describe('AnonymousCredentials', () => {
  it('wart 7: are valid and fresh at once, and never expired', () => {
    const credentials = new AnonymousCredentials();

    expect([credentials.valid, credentials.expired, credentials.tokenState]).toEqual([true, false, 'fresh']);
    expect(credentials.token).toBeUndefined();
  });

  it('leave requests as they are', async () => {
    const credentials = new AnonymousCredentials();

    expect(await headersOf(credentials)).toEqual({});
    expect(credentials.tryApply({})).toBe(true);
    credentials.apply({});
  });

  it('refuse a token, and a refresh', async () => {
    const credentials = new AnonymousCredentials();

    expect(() => {
      credentials.apply({}, 'tok');
    }).toThrow(/"token" must be left out/);
    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'not_refreshable' });
  });
});
