import { describe, expect, it, vi } from 'vitest';
import { systemClock, type TokensListener } from 'credence';
import { AuthorizedUserFile } from '../../../src/credentials/user/authorized-user-file.js';
import { addKeepers } from '../../../src/credentials/user/grant-keepers.js';
import { keepersOf } from '../../../src/credentials/user/token-keeper.js';
import { userKeepers, type UserKeepers } from '../../../src/credentials/user/user-keepers.js';
import { UserNews } from '../../../src/credentials/user/user-news.js';
import { Grant } from '../../../src/tokens/grant.js';
import { tokens, turn } from '../../fixtures/scripted-credentials.js';

/** A file that notes what is saved in it. */
function aFile(path: string, saved: string[]): AuthorizedUserFile {
  const file = new AuthorizedUserFile(path, { save: true }, systemClock);
  vi.spyOn(file, 'save').mockImplementation(async (set) => void saved.push(`${path} ${set.accessToken.value}`));
  vi.spyOn(file, 'saveRefreshToken').mockImplementation(async (token) => void saved.push(`${path} ${token}`));
  return file;
}

function keepersFor(grant: Grant, file: AuthorizedUserFile | undefined, onTokens?: TokensListener): UserKeepers {
  const keepers = userKeepers({ file, onTokens }, systemClock);
  if (keepers === undefined) throw new Error('nobody is to be told');
  addKeepers(grant, keepers);
  return keepers;
}

describe('new tokens', () => {
  it('are in the file before the hook is told', async () => {
    const told: string[] = [];
    const grant = new Grant('r');
    const news = new UserNews(
      grant,
      keepersFor(grant, aFile('/a.json', told), () => void told.push('hook')),
    );

    await news.tokens(tokens('t'), false);
    const before = [...told];
    await news.tellHooks();
    await turn();

    expect([before, told]).toEqual([['/a.json t'], ['/a.json t', 'hook']]);
  });

  it.each([
    [true, 'kept'],
    [false, 'not waited for'],
  ])('with another refresh token %j: the hook is %s', async (rotated, outcome) => {
    let kept = 'not waited for';
    const grant = new Grant('r');
    const hook = async (): Promise<void> => {
      await turn();
      kept = 'kept';
    };
    const news = new UserNews(grant, keepersFor(grant, undefined, hook));

    await news.tokens(tokens('t'), rotated);
    await news.tellHooks();

    expect(kept).toBe(outcome);
  });

  it('F31 without an access token that is of use, a refresh token comes to file and hook with the tokens in use', async () => {
    const saved: string[] = [];
    const onTokens = vi.fn<TokensListener>();
    const grant = new Grant('the-next-one');
    const news = new UserNews(grant, keepersFor(grant, aFile('/a.json', saved), onTokens));

    await news.refreshToken(tokens('held'));
    await news.tellHooks();

    const [set, details] = onTokens.mock.lastCall ?? [];
    expect(saved).toEqual(['/a.json the-next-one']);
    expect([set?.accessToken.value, set?.refreshToken, details]).toEqual(['held', 'the-next-one', { rotated: true }]);
  });

  it('are told to nobody where nobody keeps them', async () => {
    const news = new UserNews(new Grant('r'), undefined);

    await news.tokens(tokens('t'), true);

    await expect(news.tellHooks()).resolves.toBeUndefined();
  });
});

describe('a rotation', () => {
  it('F31 comes to all others that share the grant, but not again to a file that is written anyway', async () => {
    const saved: string[] = [];
    const onTokens = vi.fn<TokensListener>();
    const grant = new Grant('r');
    const own = keepersFor(grant, aFile('/a.json', saved));
    const others = [
      keepersFor(grant, aFile('/a.json', saved), onTokens),
      keepersFor(grant, aFile('/b.json', saved)),
      keepersFor(new Grant('another'), aFile('/c.json', saved)),
    ];

    await new UserNews(grant, own).tokens(tokens('t'), true);
    await turn();

    expect(saved.sort()).toEqual(['/a.json t', '/b.json r']);
    expect(onTokens).toHaveBeenCalledOnce();
    expect(others).toHaveLength(3);
  });

  it('is all that others hear of', async () => {
    const onTokens = vi.fn<TokensListener>();
    const grant = new Grant('r');
    const other = keepersFor(grant, undefined, onTokens);

    await new UserNews(grant, undefined).tokens(tokens('t'), false);
    await turn();

    expect(onTokens).not.toHaveBeenCalled();
    expect(keepersOf(other).map(({ unsaved }) => unsaved)).toEqual([false]);
  });
});
