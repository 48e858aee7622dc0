import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { AccessToken } from '../../src/tokens/access-token.js';
import { SelfSignedTokenSet } from '../../src/tokens/self-signed-token-set.js';
import { TokenSet } from '../../src/tokens/token-set.js';

it('is a token set like any other', () => {
  const parts = { accessToken: new AccessToken('secret-token', { expiresAt: 1_000 }) };

  const set = new SelfSignedTokenSet(parts);

  expect(set).toBeInstanceOf(TokenSet);
  expect(Object.isFrozen(set)).toBe(true);
  expect(inspect(set)).toBe(inspect(new TokenSet(parts)));
});
