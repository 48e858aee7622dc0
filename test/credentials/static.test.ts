import { describe, expect, it } from 'vitest';
import { StaticCredentials } from 'credence';
import { manualClock } from 'credence/testing';
import { headersOf } from '../fixtures/scripted-credentials.js';

describe('StaticCredentials', () => {
  it('serve their token until it ends, and then say that there is no other', async () => {
    const clock = manualClock();
    const credentials = new StaticCredentials({ token: 'tok', expiry: new Date(clock.now() + 1_000), clock });

    expect(await headersOf(credentials)).toEqual({ authorization: 'Bearer tok' });

    await clock.advance(1_000);
    await expect(headersOf(credentials)).rejects.toMatchObject({ code: 'not_refreshable', retryable: false });
  });

  it('keep a token that an API rejected: there is no other', () => {
    const credentials = new StaticCredentials('tok');

    expect(credentials.invalidate('tok')).toBe(false);
    expect(credentials.token).toBe('tok');
  });

  it('cannot be refreshed', async () => {
    await expect(new StaticCredentials('tok').refresh()).rejects.toMatchObject({ code: 'not_refreshable' });
  });

  it.each([undefined, '', 'a b', 'a\nb', 5, {}])('refuse %j as a token without quoting it', (token) => {
    expect(() => new StaticCredentials(token as string)).toThrow(TypeError);
  });

  it('refuse an expiry that is not a valid Date by its name', () => {
    expect(() => new StaticCredentials({ token: 'tok', expiry: new Date(NaN) })).toThrow(
      /"expiry" must be a valid Date/,
    );
  });
});
