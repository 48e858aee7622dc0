import { expect, it } from 'vitest';
import { idTokenSet } from '../../src/credentials/id-token-set.js';
import { anIdToken } from '../fixtures/metadata-server.js';

it('the token is the access token, and ends when its claims say', () => {
  const token = anIdToken({ iat: 1_000, exp: 4_600 });

  const tokens = idTokenSet(token, 1_500_000);

  expect(tokens?.accessToken.value).toBe(token);
  expect(tokens?.accessToken.expiresAt).toBe(4_600_000);
});

it('F20 where this machine’s clock is behind, the life counts from the request', () => {
  const tokens = idTokenSet(anIdToken({ iat: 1_000, exp: 4_600 }), 400_000);

  expect(tokens?.accessToken.expiresAt).toBe(4_000_000);
});

it('without "iat" the end alone counts', () => {
  expect(idTokenSet(anIdToken({ exp: 4_600 }), 0)?.accessToken.expiresAt).toBe(4_600_000);
});

it.each([
  ['milliseconds for seconds', { iat: 1_000, exp: 4_600_000_000_000 }],
  ['milliseconds for both', { iat: 1_000_000_000_000, exp: 4_600_000_000_000 }],
  ['more than a Date can hold', { exp: 1e300 }],
  ['more than a number can hold in milliseconds', { iat: -1e308, exp: 1e308 }],
])('F18 a year is believed at most, whatever end it names: %s', (_, claims) => {
  expect(idTokenSet(anIdToken(claims), 1_500_000)?.accessToken.expiresAt).toBe(1_500_000 + 365 * 86_400_000);
});

it.each([
  ['no JWT', 'opaque'],
  ['no signature', anIdToken({ exp: 1 }).split('.').slice(0, 2).join('.')],
  ['no JSON', 'a.b.c'],
  ['no end', anIdToken({ iat: 1 })],
  ['an end that is no number', anIdToken({ exp: '4600' })],
  ['an end before all time', anIdToken({ exp: -1e300 })],
  ['an endless token', `${anIdToken({ exp: 1 })}${'x'.repeat(70_000)}`],
  ['a line break', `${anIdToken({ exp: 1 })}\n`],
])('F24 what cannot be judged is not taken: %s', (_, token) => {
  expect(idTokenSet(token, 0)).toBeUndefined();
});
