import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Grant } from '../../src/tokens/grant.js';

describe('a grant', () => {
  it.each([undefined, '', 'first'])('F21 keeps its refresh token where a refresh brings %j', (next) => {
    const grant = new Grant('first');

    expect(grant.succeeded(next)).toBe(false);

    expect([grant.refreshToken, grant.generation, grant.steady]).toEqual(['first', 0, true]);
  });

  it('takes a new one over, and is no longer taken for steady', () => {
    const grant = new Grant('first');
    grant.succeeded(undefined);

    expect(grant.succeeded('second')).toBe(true);

    expect([grant.refreshToken, grant.generation, grant.steady]).toEqual(['second', 1, false]);
  });

  it('is in doubt until a refresh succeeds or another refresh token is taken over', () => {
    const grant = new Grant('first');
    grant.doubt();
    expect(grant.inDoubt).toBe(true);

    grant.succeeded(undefined);

    expect(grant.inDoubt).toBe(false);
    grant.doubt();
    grant.replace('second');
    expect(grant.inDoubt).toBe(false);
  });

  it('F48 is found by the refresh tokens that its server has replaced, and by no others', () => {
    const client = { tokenUri: 'https://a.example/token', clientId: 'client' };
    const grant = new Grant('first', client);
    grant.succeeded('second');
    grant.rotate('third');

    const known = ['first', 'second', 'third', 'fourth'].map((token) => grant.isOf(token, client));

    expect(known).toEqual([true, true, true, false]);
    expect(grant.isOf('third', { ...client, clientId: 'another' })).toBe(false);
    expect(grant.isOf('third', { ...client, tokenUri: 'https://b.example/token' })).toBe(false);
    expect([...grant.knownTokens].sort()).toEqual(['first', 'second', 'third']);
  });

  it('remembers the first refresh token and the latest ones, however often it is rotated', () => {
    const grant = new Grant('token-0');

    for (let round = 1; round <= 100; round += 1) grant.succeeded(`token-${String(round)}`);

    expect(grant.knownTokens).toHaveLength(17);
    expect(grant.knownTokens).toEqual(expect.arrayContaining(['token-0', 'token-86', 'token-99', 'token-100']));
  });

  it('F41 is not found by an old refresh token where another was adopted, since another user may have signed in', () => {
    const grant = new Grant('first');
    grant.succeeded('second');

    grant.replace('of somebody else');

    expect(grant.knownTokens).toEqual(['of somebody else']);
  });

  it('takes none back that its server has replaced, unless the server itself brings it', () => {
    const grant = new Grant('first');
    grant.succeeded('second');

    expect(grant.replace('first')).toBe(false);
    expect(grant.refreshToken).toBe('second');

    expect(grant.rotate('first')).toBe(true);
  });

  it('stays revoked, whatever a refresh under way brings', () => {
    const grant = new Grant('first');
    grant.revoke();

    grant.doubt();
    grant.succeeded(undefined);
    grant.succeeded('second');

    expect(grant.revoked).toBe(true);
  });

  it('F28 does the work that spends it one after the other, whatever fails', async () => {
    const grant = new Grant('first');
    const order: string[] = [];
    const work =
      (name: string, fail = false) =>
      async (): Promise<void> => {
        order.push(`${name} begins`);
        await Promise.resolve();
        order.push(`${name} ends`);
        if (fail) throw new Error(name);
      };

    const all = await Promise.allSettled([
      grant.exclusively(work('a')),
      grant.exclusively(work('b', true)),
      grant.exclusively(work('c')),
    ]);

    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('is ended for everybody by revoking, which raises its generation', () => {
    const grant = new Grant('first');

    grant.revoke();

    expect([grant.revoked, grant.generation]).toEqual([true, 1]);
  });

  it('F78 shows no secret', () => {
    expect(inspect(new Grant('refresh-secret'), { depth: 20, showHidden: true })).not.toContain('secret');
  });
});
