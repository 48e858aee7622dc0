import { expect, test } from 'vitest';
import { Grants } from '../../../src/testing/oauth/grants.js';

test('a grant is found by its client and by every refresh token that it ever had', () => {
  const grants = new Grants();
  const grant = grants.add(['read']);
  const first = grant.refreshTokens.current;

  grants.rotate(grant, 0);

  expect(grants.client(grant.clientId)).toBe(grant.client);
  expect(grants.ofRefreshToken(first)).toBe(grant);
  expect(grants.ofRefreshToken(grant.refreshTokens.current)).toBe(grant);
  expect(grants.ofRefreshToken('other')).toBeUndefined();
});

test('every grant has a client, a user and secrets of its own', () => {
  const grants = new Grants();

  const made = Array.from({ length: 20 }, () => grants.add([]));

  for (const member of ['clientId', 'email', 'subject', 'raptToken'] as const) {
    expect(new Set(made.map((grant) => grant[member])).size).toBe(20);
  }
  expect(made.every(({ subject }) => /^1\d{20}$/.test(subject))).toBe(true);
});

test('a client of its own is found by its id, and has no user', () => {
  const grants = new Grants();

  const client = grants.addClient(['read']);

  expect(grants.client(client.id)).toBe(client);
  expect(client.own).toMatchObject({ scopes: ['read'] });
  expect(grants.add([]).client.own).toBeUndefined();
});
