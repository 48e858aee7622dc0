import { expect, test } from 'vitest';
import { Principal } from '../../../src/testing/accounts/principal.js';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { AccessTokens } from '../../../src/testing/oauth/access-tokens.js';
import { tokenMembers } from '../../../src/testing/oauth/token-members.js';

test('a life of less than a second is told as one: none would mean that the token is dead', () => {
  const { holder } = new Principal({ clientId: 'c', email: 'e', subject: 's' });
  const toldOf = (lifetimeMs: number): number => {
    const token = new AccessTokens().issue({ holder, scopes: [], expiresAt: 1_000 + lifetimeMs });
    return tokenMembers(token, { clock: manualClock({ now: 1_000 }) }).expires_in;
  };

  expect([999, 500, 1, 0].map(toldOf)).toEqual([1, 1, 1, 0]);
});

test('the remaining life is told in whole seconds that have not yet begun to pass', () => {
  const { holder } = new Principal({ clientId: 'c', email: 'e', subject: 's' });
  const token = new AccessTokens().issue({ holder, scopes: ['read', 'write'], expiresAt: 61_999 });

  expect(tokenMembers(token, { clock: manualClock({ now: 1_000 }) })).toEqual({
    access_token: token.value,
    expires_in: 60,
    scope: 'read write',
    token_type: 'Bearer',
  });
});
