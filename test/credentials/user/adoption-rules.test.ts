import { describe, expect, it } from 'vitest';
import { AccessToken, TokenSet } from 'credence';
import { AdoptionRules } from '../../../src/credentials/user/adoption-rules.js';
import type { UserCredentialsOptions } from '../../../src/credentials/user/user-options.js';

const CLIENT = { tokenUri: 'https://example.com/token', clientId: 'client' };
const found = (options: UserCredentialsOptions = {}): UserCredentialsOptions => ({
  ...CLIENT,
  token: 'of-the-file',
  expiry: new Date(1_000),
  refreshToken: 'newer',
  ...options,
});
const granted = (grantedScopes: readonly string[] | undefined): TokenSet =>
  new TokenSet({ accessToken: new AccessToken('mine'), grantedScopes });

describe('the client of a file', () => {
  const rules = new AdoptionRules(CLIENT, undefined);

  it('is the same where server and client are', () => {
    expect(rules.isSameClient({ ...CLIENT, refreshToken: 'newer', clientSecret: 'newer' })).toBe(true);
  });

  it.each([{ tokenUri: 'https://example.org/token' }, { clientId: 'another' }, { clientId: undefined }])(
    'is another with %j',
    (other) => {
      expect(rules.isSameClient({ ...CLIENT, ...other })).toBe(false);
    },
  );
});

describe('the access token of a file', () => {
  it('comes with all that belongs to it', () => {
    const rules = new AdoptionRules(CLIENT, ['a']);
    const options = found({ grantedScopes: ['a'], idToken: 'id', raptToken: 'rapt' });

    const tokens = rules.tokensIn(options, 999);

    expect(tokens).toMatchObject({ refreshToken: 'newer', idToken: 'id', grantedScopes: ['a'], raptToken: 'rapt' });
    expect(tokens?.accessToken).toMatchObject({ value: 'of-the-file', expiresAt: 1_000, scopes: ['a'] });
  });

  it.each([
    ['there is none', found({ token: undefined })],
    ['its end is not known', found({ expiry: undefined })],
    ['it has ended', found({ expiry: new Date(999) })],
  ])('is of no use where %s', (_what, options) => {
    expect(new AdoptionRules(CLIENT, undefined).tokensIn(options, 999)).toBeUndefined();
  });

  it.each([
    [['a'], { grantedScopes: ['a', 'b'] }, true],
    [['a'], { grantedScopes: ['b'] }, false],
    [['a'], { scopes: ['a'] }, true],
    [['a'], { scopes: ['a'], grantedScopes: ['b'] }, false],
    [['a'], {}, false],
    [undefined, {}, true],
    [undefined, { grantedScopes: ['b'] }, true],
  ])('F28 for credentials that ask for %j, where the file says %j, is of use: %j', (scopes, said, isOfUse) => {
    expect(new AdoptionRules(CLIENT, scopes).tokensIn(found(said), 0) !== undefined).toBe(isOfUse);
  });

  it('F28 grants no less than the one that was loaded, where the credentials name no scopes', () => {
    const rules = new AdoptionRules({ ...CLIENT, grantedScopes: ['a', 'b'] }, undefined);

    expect(rules.tokensIn(found({ grantedScopes: ['a'] }), 0)).toBeUndefined();
    expect(rules.tokensIn(found({ grantedScopes: ['b', 'a'] }), 0)).toBeDefined();
  });

  it('F22 grants no less than the server did when it was asked', () => {
    const rules = new AdoptionRules(CLIENT, ['a', 'b']);
    rules.learn(granted(['a']));
    rules.learn(granted(undefined));

    expect(rules.tokensIn(found({ grantedScopes: ['a'] }), 0)).toBeDefined();
    expect(rules.tokensIn(found({ grantedScopes: ['b'] }), 0)).toBeUndefined();
  });
});
