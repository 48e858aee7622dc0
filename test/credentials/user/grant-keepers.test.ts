import { describe, expect, it } from 'vitest';
import { systemClock } from 'credence';
import { addKeepers, keepersOfGrant } from '../../../src/credentials/user/grant-keepers.js';
import type { UserKeepers } from '../../../src/credentials/user/user-keepers.js';
import { Grant } from '../../../src/tokens/grant.js';

const keepers = (): UserKeepers => ({
  clock: systemClock,
  file: undefined,
  onTokens: () => undefined,
  made: undefined,
});

describe('the keepers of a grant', () => {
  it('are those of all credentials that share it', () => {
    const grant = new Grant('r');
    const [one, two] = [keepers(), keepers()];

    addKeepers(grant, one);
    addKeepers(grant, two);

    expect(keepersOfGrant(grant)).toEqual([one, two]);
    expect(keepersOfGrant(grant)[0]).toBe(one);
  });

  it('are none of another grant', () => {
    addKeepers(new Grant('r'), keepers());

    expect(keepersOfGrant(new Grant('r'))).toEqual([]);
  });
});
