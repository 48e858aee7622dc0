import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { systemClock } from 'credence';
import { Grant, isRevoked } from '../../src/tokens/grant.js';

describe('a grant', () => {
  it('F48 is found by the refresh tokens that lead to it, of one client, server and clock, and by no others', () => {
    const client = { tokenUri: 'https://a.example/token', clientId: 'client' };
    const grant = new Grant('first', client, systemClock);
    grant.take('second', ['first']);
    grant.take('third', ['first', 'second']);

    const known = ['first', 'second', 'third', 'fourth'].map((token) => grant.isOf(token, client, systemClock));

    expect(known).toEqual([true, true, true, false]);
    expect(grant.isOf('third', { ...client, clientId: 'another' }, systemClock)).toBe(false);
    expect(grant.isOf('third', { ...client, tokenUri: 'https://b.example/token' }, systemClock)).toBe(false);
    expect(grant.isOf('third', client, { ...systemClock })).toBe(false);
    expect(grant.knownTokens).toEqual(['first', 'second', 'third']);
  });

  it('that takes another refresh token over is no longer taken for steady', () => {
    const grant = new Grant('first');
    grant.mark('steady');

    grant.take('second', ['first']);

    expect([grant.refreshToken, grant.generation, grant.standing]).toEqual(['second', 1, 'untried']);
  });

  it('without a refresh token is known by none', () => {
    expect(new Grant(undefined).knownTokens).toEqual([]);
  });

  it('stays revoked, whatever is noted of it', () => {
    const grant = new Grant('first');
    grant.revoke();

    grant.mark('in_doubt');
    grant.mark('steady');
    grant.take('second', undefined);

    expect(isRevoked(grant)).toBe(true);
  });

  it('is ended for everybody by revoking, which raises its generation', () => {
    const grant = new Grant('first');

    grant.revoke();

    expect([isRevoked(grant), isRevoked(new Grant('first')), grant.generation]).toEqual([true, false, 1]);
  });

  it('F78 shows no secret', () => {
    expect(inspect(new Grant('refresh-secret'), { depth: 20, showHidden: true })).not.toContain('secret');
  });
});
