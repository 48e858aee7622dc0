import { describe, expect, it } from 'vitest';
import { systemClock } from 'credence';
import { AuthorizedUserFile } from '../../../src/credentials/user/authorized-user-file.js';
import { keepersOf, type TokenKeeper } from '../../../src/credentials/user/token-keeper.js';
import { userKeepers, type UserKeepers } from '../../../src/credentials/user/user-keepers.js';
import { tokens } from '../../fixtures/scripted-credentials.js';
import { sleptClock } from '../../fixtures/slept-clock.js';

const madeOf = (keepers: UserKeepers | undefined): readonly TokenKeeper[] =>
  keepers === undefined ? [] : keepersOf(keepers);
const file = (save: boolean): AuthorizedUserFile => new AuthorizedUserFile('/x/user.json', { save }, systemClock);

describe('the keepers of a user', () => {
  it('are none where nobody is to be told', () => {
    expect(userKeepers({}, systemClock)).toBeUndefined();
    expect(userKeepers({ file: file(false) }, systemClock)).toBeUndefined();
  });

  it('are the file where it is saved, and the hook', () => {
    const onTokens = (): void => undefined;
    const paths = (of: Parameters<typeof userKeepers>[0]): unknown =>
      madeOf(userKeepers(of, systemClock)).map(({ path }) => path);

    expect(paths({ file: file(true), onTokens })).toEqual([file(true).path, undefined]);
    expect(paths({ file: file(false), onTokens })).toEqual([undefined]);
  });

  it('are made once, when they are needed', () => {
    const keepers = userKeepers({ onTokens: () => undefined }, systemClock);

    expect(keepers?.made).toBeUndefined();

    const made = madeOf(keepers);

    expect(made).toHaveLength(1);
    expect(madeOf(keepers)).toBe(made);
    expect(keepers?.made).toBe(made);
  });

  it('F31 have something unsaved where one of them has', async () => {
    const onTokens = (): Promise<void> => Promise.reject(new Error('disk'));
    const keepers = userKeepers({ onTokens }, sleptClock());

    await Promise.all(madeOf(keepers).map((keeper) => keeper.keep(tokens('t'), true)));

    expect(keepers?.made?.map(({ unsaved }) => unsaved)).toEqual([true]);
  });
});
