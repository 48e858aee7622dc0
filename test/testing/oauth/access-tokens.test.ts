import { expect, test } from 'vitest';
import { AccessTokens } from '../../../src/testing/oauth/access-tokens.js';
import { Grants } from '../../../src/testing/oauth/grants.js';

function issue(expiresAt: number): { tokens: AccessTokens; grant: ReturnType<Grants['add']>; value: string } {
  const tokens = new AccessTokens();
  const grant = new Grants().add(['read']);
  const { value } = tokens.issue({ holder: grant, scopes: ['read'], expiresAt });
  return { tokens, grant, value };
}

test('a token lives until the instant at which it expires', () => {
  const { tokens, value } = issue(1_000);

  expect(tokens.live(value, 999)?.scopes).toEqual(['read']);
  expect(tokens.live(value, 1_000)).toBeUndefined();
});

test('a token dies with its grant', () => {
  const { tokens, grant, value } = issue(1_000);

  grant.revoke();

  expect(tokens.live(value, 0)).toBeUndefined();
});

test('a token is shown by its number, dead or alive, and an unknown one as such', () => {
  const { tokens, grant, value } = issue(0);
  const second = tokens.issue({ holder: grant, scopes: [], expiresAt: 1 });

  expect(tokens.label(value)).toBe('<token 1>');
  expect(tokens.label(second.value)).toBe('<token 2>');
  expect(tokens.label('another')).toBe('<unknown token>');
});
