import { describe, expect, it } from 'vitest';
import { manualClock } from 'credence/testing';
import { untrustedFile } from '../../../src/base/url.js';
import { ownLoadOptions, withOverrides } from '../../../src/credentials/user/authorized-user-options.js';
import type { AuthorizedUserFileOptions } from '../../../src/credentials/user/authorized-user-options.js';
import type { UserCredentialsOptions } from '../../../src/credentials/user/user-options.js';

const READ: UserCredentialsOptions = Object.freeze({
  token: 'token-of-the-file',
  refreshToken: 'refresh-token-of-the-file',
  scopes: Object.freeze(['of-the-file']),
  quotaProjectId: 'project-of-the-file',
  account: 'account-of-the-file',
});

describe('The options of loading', () => {
  it.each([{}, { save: true }, { save: false }, { save: undefined }, { endpoints: untrustedFile }, { endpoints: {} }])(
    'may be %j',
    (options) => {
      expect(() => {
        ownLoadOptions(options);
      }).not.toThrow();
    },
  );

  it.each([
    [undefined, '"options" must be an object'],
    [null, '"options" must be an object'],
    ['scope', '"options" must be an object'],
    [{ save: 'yes' }, '"save" must be a boolean'],
    [{ save: 1 }, '"save" must be a boolean'],
    [{ save: null }, '"save" must be a boolean'],
    [{ endpoints: null }, '"endpoints" must be an endpoint policy, such as untrustedFile'],
    [{ endpoints: { hosts: 'googleapis.com' } }, '"endpoints.hosts" must be an array of strings'],
    [
      { endpoints: { host: ['googleapis.com'] } },
      '"endpoints" must not hold "host": it takes hosts, allowPrivate, allowLoopbackHttp, allowOtherPorts',
    ],
    [{ endpoints: 'untrustedFile' }, '"endpoints" must be an endpoint policy, such as untrustedFile'],
  ])('are refused where they are %j', (options, message) => {
    expect(() => {
      ownLoadOptions(options as unknown as AuthorizedUserFileOptions);
    }).toThrow(new TypeError(message));
  });
});

describe('What a file says', () => {
  it('stands where the caller says nothing', () => {
    expect(withOverrides(READ, undefined, {})).toEqual(READ);
  });

  it('stands where the caller says undefined', () => {
    expect(withOverrides(READ, undefined, { quotaProjectId: undefined, account: undefined })).toEqual(READ);
  });

  it('gives way to each option of the caller', () => {
    const own = {
      transport: (): Promise<never> => Promise.reject(new Error('not to be called')),
      clock: manualClock(),
      quotaProjectId: 'mine',
      universeDomain: 'example-universe.goog',
      allowInsecure: false,
      usageHeader: true,
      onTokens: (): void => undefined,
      onWarning: (): void => undefined,
      account: 'me',
    };

    expect(withOverrides(READ, undefined, own)).toEqual({ ...READ, ...own });
  });

  it('gives way to the caller’s scopes, as a list or as one string', () => {
    expect(withOverrides(READ, 'a  b', {}).scopes).toEqual(['a', 'b']);
    expect(withOverrides(READ, ['b', 'a', 'b'], {}).scopes).toEqual(['b', 'a']);
    expect(withOverrides(READ, [], {}).scopes).toEqual([]);
  });

  it('keeps its secrets against options that no loading takes, and loses those of loading itself', () => {
    const options = { token: 'another', refreshToken: 'another', save: true, endpoints: {} };

    expect(withOverrides(READ, undefined, options)).toEqual(READ);
  });

  it('F81 does not give way to a polluted Object.prototype', () => {
    Object.defineProperty(Object.prototype, 'account', { value: 'evil', configurable: true });

    try {
      expect(withOverrides(READ, undefined, {}).account).toBe('account-of-the-file');
    } finally {
      Reflect.deleteProperty(Object.prototype, 'account');
    }
  });

  it('is left as it was', () => {
    const read = { ...READ };

    withOverrides(read, 'mine', { account: 'me' });

    expect(read).toEqual(READ);
  });
});

describe('A token that comes with an info', () => {
  const read = (scopes: Partial<UserCredentialsOptions>): UserCredentialsOptions => ({
    token: 'token-of-the-file',
    expiry: new Date(0),
    refreshToken: 'refresh-token-of-the-file',
    ...scopes,
  });

  it.each([
    ['it was granted them', { grantedScopes: ['a', 'b'], scopes: ['c'] }],
    ['it was asked for by them', { scopes: ['a', 'b'] }],
    ['it was asked for by them as defaults', { defaultScopes: ['a'] }],
  ])('F28 is kept for the scopes of the caller where %s', (_what, scopes) => {
    expect(withOverrides(read(scopes), 'a', {})).toEqual({ ...read(scopes), scopes: ['a'] });
  });

  it.each([
    ['it was granted others', { grantedScopes: ['b'], scopes: ['a'] }],
    ['others were asked for', { scopes: ['b'] }],
    ['nothing is known of its scopes', {}],
  ])('F28 is left out with all that belongs to it where %s', (_what, scopes) => {
    const { token, expiry, grantedScopes, refreshToken } = withOverrides(read(scopes), 'a', {});

    expect([token, expiry, grantedScopes, refreshToken]).toEqual([
      undefined,
      undefined,
      undefined,
      'refresh-token-of-the-file',
    ]);
  });

  it.each([undefined, []])('is kept whatever it is for where the caller asks for %j', (scopes) => {
    expect(withOverrides(read({ grantedScopes: ['b'] }), scopes, {}).token).toBe('token-of-the-file');
    expect(withOverrides(read({}), scopes, {}).token).toBe('token-of-the-file');
  });
});
