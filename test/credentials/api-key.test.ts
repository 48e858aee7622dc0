import { describe, expect, it } from 'vitest';
import { ApiKeyCredentials, StaticCredentials, type ApiKeyCredentialsOptions } from 'credence';
import { headersOf } from '../fixtures/scripted-credentials.js';

describe('ApiKeyCredentials', () => {
  it('put the key into its own header, with the quota project where there is one', async () => {
    expect(await headersOf(new ApiKeyCredentials('AIza-key'))).toEqual({ 'x-goog-api-key': 'AIza-key' });
    expect(await headersOf(new ApiKeyCredentials({ key: 'AIza-key', quotaProjectId: 'q' }))).toEqual({
      'x-goog-api-key': 'AIza-key',
      'x-goog-user-project': 'q',
    });
  });

  it('never expire, and a refresh gives the same key back', async () => {
    const credentials = new ApiKeyCredentials('AIza-key');

    const token = await credentials.refresh();

    expect(token.value).toBe('AIza-key');
    expect(credentials.expiry).toBeUndefined();
    expect(credentials.tokenState).toBe('fresh');
  });

  it('are refused over plain http', async () => {
    await expect(headersOf(new ApiKeyCredentials('AIza-key'), 'http://example.com')).rejects.toMatchObject({
      code: 'insecure_target',
    });
  });

  it.each<[string, unknown]>([
    ['hold another key', new ApiKeyCredentials('other')],
    ['are of another kind', new StaticCredentials('AIza-key')],
    ['are null', null],
  ])('F82 refuse to share with credentials that %s', (_what, share) => {
    expect(() => new ApiKeyCredentials('AIza-key', share as ApiKeyCredentials)).toThrow(
      new TypeError('"share" must be ApiKeyCredentials with the same key'),
    );
    expect(new ApiKeyCredentials('AIza-key', new ApiKeyCredentials('AIza-key')).token).toBe('AIza-key');
  });

  it.each([null, {}, 'system'])('F82 refuse %j as a clock by its name', (clock) => {
    expect(() => new ApiKeyCredentials({ key: 'k', clock } as unknown as ApiKeyCredentialsOptions)).toThrow(
      /^"clock" must /,
    );
  });

  it.each([undefined, '', 'a b', 5])('refuse %j as a key', (key) => {
    expect(() => new ApiKeyCredentials(key as string)).toThrow(/"key" must be/);
  });
});
