import { describe, expect, it } from 'vitest';
import { AnonymousCredentials, StaticCredentials, type StaticCredentialsOptions } from 'credence';
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

  it('share a cell with others of the same token and end', () => {
    const options = { token: 'tok', expiry: new Date(2 ** 41) };

    const second = new StaticCredentials(options, new StaticCredentials(options));

    expect([second.token, second.expiry]).toEqual(['tok', options.expiry]);
    expect(second.withQuotaProject('q').token).toBe('tok');
  });

  it.each<[string, unknown]>([
    ['hold another token', new StaticCredentials('other')],
    ['end at another time', new StaticCredentials({ token: 'tok', expiry: new Date(0) })],
    ['are of another kind', new AnonymousCredentials()],
    ['are null', null],
    ['are text', 'tok'],
  ])('F82 refuse to share with credentials that %s: a token that nobody named would be sent', (_what, share) => {
    expect(() => new StaticCredentials('tok', share as StaticCredentials)).toThrow(
      new TypeError('"share" must be StaticCredentials with the same token and expiry'),
    );
  });

  it.each([null, {}, 'system'])('F82 refuse %j as a clock by its name', (clock) => {
    expect(() => new StaticCredentials({ token: 'tok', clock } as unknown as StaticCredentialsOptions)).toThrow(
      /^"clock" must /,
    );
  });

  it('refuse an expiry that is not a valid Date by its name', () => {
    expect(() => new StaticCredentials({ token: 'tok', expiry: new Date(NaN) })).toThrow(
      /"expiry" must be a valid Date/,
    );
  });
});
