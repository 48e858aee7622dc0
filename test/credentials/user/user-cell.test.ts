import { describe, expect, it } from 'vitest';
import { manualClock } from 'credence/testing';
import { copiedUserCell, newUserCell } from '../../../src/credentials/user/user-cell.js';
import { ownUserOptions, userOptions } from '../../../src/credentials/user/user-options.js';

function aCell(options: Parameters<typeof ownUserOptions>[0]) {
  const given = ownUserOptions(options);
  const record = userOptions(given);
  return { record, cell: newUserCell(record, given) };
}

describe('a new cell', () => {
  it('holds the token that was given, with all that came with it', () => {
    const expiry = new Date(Date.UTC(2025, 0, 1, 1));
    const { cell } = aCell({
      clock: manualClock(),
      token: 't',
      expiry,
      idToken: 'id',
      grantedScopes: 'a b',
      raptToken: 'r',
    });

    expect(cell.authorization).toBe('Bearer t');
    expect(cell.tokens).toMatchObject({ idToken: 'id', grantedScopes: ['a', 'b'], raptToken: 'r' });
    expect(cell.tokens?.accessToken).toMatchObject({ expiresAt: expiry.getTime(), scopes: ['a', 'b'] });
  });

  it.each([undefined, ''])('has an empty grant of its own for the refresh token %j', (refreshToken) => {
    const [one, two] = [aCell({ refreshToken }), aCell({ refreshToken })];

    expect([one.cell.grant?.refreshToken, two.cell.grant?.refreshToken]).toEqual([undefined, undefined]);
    expect(one.cell.grant).not.toBe(two.cell.grant);
  });

  it('F28 shares its grant with any other of the same refresh token, client and endpoint', () => {
    const options = {
      clock: manualClock(),
      refreshToken: 'r',
      clientId: 'c',
      tokenUri: 'https://oauth2.googleapis.com/token',
    };

    const cells = [options, options, { ...options, clientId: 'd' }].map((one) => aCell(one).cell);

    expect(cells[0]).not.toBe(cells[1]);
    expect(cells[0]?.grant).toBe(cells[1]?.grant);
    expect(cells[0]?.grant).not.toBe(cells[2]?.grant);
  });
});

describe('the cell of a copy', () => {
  const handler = () => Promise.reject(new Error('x'));
  const original = () => aCell({ clock: manualClock(), token: 't', refreshToken: 'r', refreshHandler: handler });

  it('is the same one where the token means the same', () => {
    const { cell, record } = original();

    expect(copiedUserCell(cell, record, record, true)).toBe(cell);
  });

  it('is a fork where another handler would mint the next token', () => {
    const { cell, record } = original();
    const to = userOptions({ ...record, refreshHandler: undefined }, record);

    const copy = copiedUserCell(cell, record, to, true);

    expect(copy).not.toBe(cell);
    expect([copy.isFork, copy.authorization, copy.grant === cell.grant]).toEqual([true, 'Bearer t', true]);
  });

  it('has no token and the same grant where the token means something else', () => {
    const { cell, record } = original();

    const copy = copiedUserCell(cell, record, record, false);

    expect([copy.tokens, copy.grant === cell.grant]).toEqual([undefined, true]);
  });
});
