import { expect, test } from 'vitest';
import { Principal } from '../../../src/testing/accounts/principal.js';

const IDENTITY = { clientId: 'c', email: 'e', subject: 's' };

test('the holder is the same until its tokens are revoked, and another one then', () => {
  const principal = new Principal(IDENTITY);
  const { holder } = principal;

  const before = principal.holder;
  principal.revokeTokens();
  const after = principal.holder;

  expect(before).toBe(holder);
  expect([holder.revoked, after.revoked]).toEqual([true, false]);
  expect(after).toMatchObject(IDENTITY);
});

test('a holder that revokes itself is replaced as well', () => {
  const principal = new Principal(IDENTITY);

  principal.holder.revoke();

  expect(principal.holder.revoked).toBe(false);
});
