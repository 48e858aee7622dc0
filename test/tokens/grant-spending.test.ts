import { describe, expect, it } from 'vitest';
import { adopt, rotate, succeeded } from '../../src/tokens/grant-spending.js';
import { Grant } from '../../src/tokens/grant.js';

describe('a grant', () => {
  it.each([undefined, '', 'first'])('F21 keeps its refresh token where a refresh brings %j', (next) => {
    const grant = new Grant('first');

    expect(succeeded(grant, next)).toBe(false);

    expect([grant.refreshToken, grant.generation, grant.standing]).toEqual(['first', 0, 'steady']);
  });

  it('takes a new one over, and is no longer taken for steady', () => {
    const grant = new Grant('first');
    succeeded(grant, undefined);

    expect(succeeded(grant, 'second')).toBe(true);

    expect([grant.refreshToken, grant.generation, grant.standing]).toEqual(['second', 1, 'untried']);
  });

  it('is in doubt until a refresh succeeds or another refresh token is taken over', () => {
    const grant = new Grant('first');
    grant.mark('in_doubt');

    succeeded(grant, undefined);

    expect(grant.standing).toBe('steady');
    grant.mark('in_doubt');
    adopt(grant, 'second');
    expect(grant.standing).toBe('untried');
  });

  it('F48 is known by the refresh tokens that its server has replaced', () => {
    const grant = new Grant('first');
    succeeded(grant, 'second');
    rotate(grant, 'third');

    expect(grant.knownTokens).toEqual(['first', 'second', 'third']);
  });

  it('remembers the first refresh token and the latest ones, however often it is rotated', () => {
    const grant = new Grant('token-0');

    for (let round = 1; round <= 100; round += 1) succeeded(grant, `token-${String(round)}`);

    expect(grant.knownTokens).toHaveLength(17);
    expect(grant.knownTokens).toEqual(expect.arrayContaining(['token-0', 'token-86', 'token-99', 'token-100']));
  });

  it('F41 is not found by an old refresh token where another was adopted, since another user may have signed in', () => {
    const grant = new Grant('first');
    succeeded(grant, 'second');

    adopt(grant, 'of somebody else');

    expect(grant.knownTokens).toEqual(['of somebody else']);
  });

  it('adopts its first refresh token, and none where there is none', () => {
    const grant = new Grant(undefined);

    expect([adopt(grant, undefined), adopt(grant, ''), adopt(grant, 'first')]).toEqual([false, false, true]);

    expect(grant.knownTokens).toEqual(['first']);
  });

  it('takes none back that its server has replaced, unless the server itself brings it', () => {
    const grant = new Grant('first');
    succeeded(grant, 'second');

    expect(adopt(grant, 'first')).toBe(false);
    expect(grant.refreshToken).toBe('second');

    expect(rotate(grant, 'first')).toBe(true);
  });

  it('stays revoked, whatever a refresh under way brings', () => {
    const grant = new Grant('first');
    grant.revoke();

    grant.mark('in_doubt');
    succeeded(grant, undefined);
    succeeded(grant, 'second');

    expect(grant.standing).toBe('revoked');
  });
});
