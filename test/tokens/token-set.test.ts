import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { AccessToken, TokenSet, type TokenSetParts } from 'credence';

const accessToken = new AccessToken('access-secret');

it('holds what one refresh yields, frozen', () => {
  const parts = {
    accessToken,
    refreshToken: 'r',
    idToken: 'i',
    raptToken: 'p',
    grantedScopes: 'a b',
    expiryAssumed: true,
  };

  const set = new TokenSet(parts);

  expect(set).toMatchObject({ accessToken, refreshToken: 'r', idToken: 'i', raptToken: 'p', expiryAssumed: true });
  expect(set.grantedScopes).toEqual(['a', 'b']);
  expect(Object.isFrozen(set)).toBe(true);
});

it('has nothing where nothing came', () => {
  const set = new TokenSet({ accessToken });

  expect([set.refreshToken, set.idToken, set.raptToken, set.grantedScopes, set.expiryAssumed]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    false,
  ]);
});

it('F78 shows no secret, however it is printed', () => {
  const set = new TokenSet({
    accessToken,
    refreshToken: 'refresh-secret',
    idToken: 'id-secret',
    raptToken: 'rapt-secret',
  });

  for (const text of [
    inspect(set, { depth: 20, showHidden: true }),
    JSON.stringify(set),
    inspect(structuredClone(set)),
  ]) {
    expect(text).not.toContain('secret');
  }
});

it.each(['text', null, undefined, {}, { value: 'x', authorization: 'Bearer x' }])(
  'F82 refuses %j as its access token: it would never expire',
  (given) => {
    expect(() => new TokenSet({ accessToken: given as never })).toThrow(
      new TypeError('"accessToken" must be an AccessToken'),
    );
  },
);

it('takes parts spelt out as undefined', () => {
  const parts: TokenSetParts = {
    accessToken,
    refreshToken: undefined,
    idToken: undefined,
    grantedScopes: undefined,
    raptToken: undefined,
    expiryAssumed: undefined,
  };

  expect(new TokenSet(parts).refreshToken).toBeUndefined();
});

it.each<[unknown, string]>([
  [undefined, '"parts" must be a plain object'],
  [null, '"parts" must be a plain object'],
  [accessToken, '"parts" must be a plain object'],
  [
    { accessToken, refresh_token: 'secret' },
    '"parts" must not hold "refresh_token": it takes accessToken, grantedScopes, expiryAssumed, refreshToken, idToken, raptToken',
  ],
  [{ accessToken, refreshToken: 5 }, '"refreshToken" must be a string'],
  [{ accessToken, idToken: null }, '"idToken" must be a string'],
  [{ accessToken, raptToken: {} }, '"raptToken" must be a string'],
  [{ accessToken, expiryAssumed: 'yes' }, '"expiryAssumed" must be a boolean'],
])('F82 refuses parts of the wrong type or name (%#)', (parts, message) => {
  expect(() => new TokenSet(parts as TokenSetParts)).toThrow(new TypeError(message));
});
