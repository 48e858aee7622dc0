import { describe, expect, it, vi } from 'vitest';
import { AccessToken, TokenSet } from 'credence';
import { fileSaver, hookSaver } from '../../../src/credentials/user/token-saver.js';
import { tokens } from '../../fixtures/scripted-credentials.js';

const WAIT = { awaited: () => true };

describe('a file', () => {
  it('is given tokens and refresh tokens, and how long to wait for its lock', async () => {
    const file = {
      path: '/a.json',
      save: vi.fn(async () => undefined),
      saveRefreshToken: vi.fn(async () => undefined),
    };
    const saver = fileSaver(file);
    const set = tokens('a');

    await saver.tokens(set)({ rotated: true }, WAIT);
    await saver.refreshToken('newer', set)({ rotated: true }, WAIT);

    expect(saver.path).toBe('/a.json');
    expect(file.save.mock.calls).toEqual([[set, WAIT]]);
    expect(file.saveRefreshToken.mock.calls).toEqual([['newer', WAIT]]);
  });
});

describe('a hook', () => {
  it('is given the tokens and whether they were rotated, and nothing else', async () => {
    const onTokens = vi.fn();
    const set = tokens('a');

    await hookSaver(onTokens).tokens(set)({ rotated: false }, WAIT);

    expect(onTokens.mock.calls).toEqual([[set, { rotated: false }]]);
  });

  it('is given a refresh token that comes alone in the place of the one held', async () => {
    const onTokens = vi.fn();
    const held = new TokenSet({
      accessToken: new AccessToken('a'),
      refreshToken: 'old',
      idToken: 'id',
      grantedScopes: ['s'],
    });

    await hookSaver(onTokens).refreshToken('newer', held)({ rotated: true }, WAIT);

    const [set, details] = onTokens.mock.calls[0] as [TokenSet, object];
    expect(set).toMatchObject({
      accessToken: held.accessToken,
      refreshToken: 'newer',
      idToken: 'id',
      grantedScopes: ['s'],
    });
    expect(details).toEqual({ rotated: true });
  });

  it('is given it with an access token that ended long ago where none is held', async () => {
    const onTokens = vi.fn();

    await hookSaver(onTokens).refreshToken('newer', undefined)({ rotated: true }, WAIT);

    const [set] = onTokens.mock.calls[0] as [TokenSet];
    expect([set.refreshToken, set.accessToken.expiresAt]).toEqual(['newer', 0]);
  });
});
