import { describe, expect, it, vi } from 'vitest';
import { systemClock } from 'credence';
import { AuthorizedUserFile } from '../../../src/credentials/user/authorized-user-file.js';
import { makeKeepers } from '../../../src/credentials/user/token-keeper.js';
import { userKeepers } from '../../../src/credentials/user/user-keepers.js';
import { tokens } from '../../fixtures/scripted-credentials.js';
import { sleptClock } from '../../fixtures/slept-clock.js';

const file = (save: boolean): AuthorizedUserFile => new AuthorizedUserFile('/x/user.json', { save }, systemClock);

describe('the keepers of a user', () => {
  it('are none where nobody is to be told', () => {
    expect(userKeepers({}, systemClock)).toBeUndefined();
    expect(userKeepers({ file: file(false) }, systemClock)).toBeUndefined();
  });

  it('are the file where it is saved, and the hook', () => {
    const onTokens = (): void => undefined;
    const paths = (of: Parameters<typeof userKeepers>[0]): unknown =>
      userKeepers(of, systemClock)
        ?.all(makeKeepers)
        .map(({ path }) => path);

    expect(paths({ file: file(true), onTokens })).toEqual([file(true).path, undefined]);
    expect(paths({ file: file(false), onTokens })).toEqual([undefined]);
  });

  it('are made once, when they are needed', () => {
    const make = vi.fn(makeKeepers);
    const keepers = userKeepers({ onTokens: () => undefined }, systemClock);

    expect(keepers?.unsaved).toBe(false);
    expect(make).not.toHaveBeenCalled();

    expect(keepers?.all(make)).toBe(keepers?.all(make));
    expect(make).toHaveBeenCalledOnce();
  });

  it('F31 have something unsaved where one of them has', async () => {
    const onTokens = (): Promise<void> => Promise.reject(new Error('disk'));
    const keepers = userKeepers({ onTokens }, sleptClock());

    await Promise.all((keepers?.all(makeKeepers) ?? []).map((keeper) => keeper.keep(tokens('t'), true)));

    expect(keepers?.unsaved).toBe(true);
  });
});
