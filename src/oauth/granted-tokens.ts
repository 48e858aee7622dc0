/** What an answer of the token endpoint grants, as tokens with their scopes (RFC 6749 §5.1). */
import { AccessToken } from '../tokens/access-token.js';
import { readGrantedScopes } from '../tokens/token-answer.js';
import { TokenSet } from '../tokens/token-set.js';
import type { TokenResponse } from './token-response.js';

/** The granted scopes: a server that names none granted what was asked for. */
export function grantedScopes(
  { scope }: Pick<TokenResponse, 'scope'>,
  requested: readonly string[] | undefined,
): readonly string[] | undefined {
  return readGrantedScopes(scope) ?? requested;
}

/** The token set of a grant that leaves no refresh token. */
export function grantedTokens(answer: TokenResponse, requested: readonly string[] | undefined): TokenSet {
  const { expiresAt, idToken, expiryAssumed } = answer;
  const scopes = grantedScopes(answer, requested);
  const accessToken = new AccessToken(answer.accessToken, { expiresAt, scopes });
  return new TokenSet({ accessToken, idToken, grantedScopes: scopes, expiryAssumed });
}
