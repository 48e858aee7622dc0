import { describe, expect, it } from 'vitest';
import { manualClock } from 'credence/testing';
import { addKeepers, otherKeepers } from '../../src/credentials/grant-keepers.js';
import { TokenKeeper } from '../../src/credentials/token-keeper.js';
import { fileSaver, hookSaver } from '../../src/credentials/token-saver.js';
import { Grant } from '../../src/tokens/grant.js';

const keepers = (): readonly TokenKeeper[] => [
  new TokenKeeper(
    manualClock(),
    'a hook',
    hookSaver(() => undefined),
  ),
];

describe('the keepers of a grant', () => {
  it('are those of all other credentials that share it', () => {
    const grant = new Grant('r');
    const [one, two] = [keepers(), keepers()];
    addKeepers(grant, one);
    addKeepers(grant, two);

    expect(otherKeepers(grant, one)).toEqual(two);
    expect(otherKeepers(grant, undefined)).toEqual([...one, ...two]);
  });

  it('are not those of a file that the own ones write', () => {
    const grant = new Grant('r');
    const file = (path: string): TokenKeeper => {
      const saver = fileSaver({ path, save: () => Promise.resolve(), saveRefreshToken: () => Promise.resolve() });
      return new TokenKeeper(manualClock(), path, saver);
    };
    const own = [file('/a.json'), ...keepers()];
    const others = [file('/a.json'), file('/b.json'), ...keepers()];
    addKeepers(grant, own);
    addKeepers(grant, others);

    expect(otherKeepers(grant, own)).toEqual(others.slice(1));
  });

  it('are none of another grant', () => {
    addKeepers(new Grant('r'), keepers());

    expect(otherKeepers(new Grant('r'), undefined)).toEqual([]);
  });
});
