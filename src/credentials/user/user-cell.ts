/** The cell of user credentials: with the token they start from, and the grant of their refresh token. */
import { AccessToken } from '../../tokens/access-token.js';
import { sharedGrant } from '../../tokens/grant-registry.js';
import { TokenCell } from '../../tokens/token-cell.js';
import { TokenSet } from '../../tokens/token-set.js';
import { clockOf } from '../credentials-options.js';
import type { UserCredentialsOptions, UserCredentialsRecord } from './user-options.js';

/** A new cell. Its grant is shared with all credentials of this process that were made with the same refresh token. */
export function newUserCell(record: UserCredentialsRecord, given: UserCredentialsOptions): TokenCell {
  const clock = clockOf(record);
  // An empty one is what an unset variable leaves.
  const refreshToken = given.refreshToken === '' ? undefined : given.refreshToken;
  return new TokenCell({ clock, grant: sharedGrant(refreshToken, record, clock), tokens: tokensOf(record, given) });
}

/** The cell of a copy: the same one, or one of its own with the same grant. What another server makes of the refresh token is a grant of its own. */
export function copiedUserCell(
  cell: TokenCell,
  from: UserCredentialsRecord,
  to: UserCredentialsRecord,
  keepsToken: boolean,
): TokenCell {
  const isSameServer = from.tokenUri === to.tokenUri;
  // The same handler mints the same token; another one mints the next token in another way.
  if (isSameServer && keepsToken) return from.refreshHandler === to.refreshHandler ? cell : cell.fork();
  const clock = clockOf(to);
  const grant = isSameServer ? cell.grant : sharedGrant(cell.grant?.refreshToken, to, clock);
  return new TokenCell({ clock, grant });
}

function tokensOf(record: UserCredentialsRecord, given: UserCredentialsOptions): TokenSet | undefined {
  if (given.token === undefined) return undefined;
  const { idToken, grantedScopes, raptToken } = record;
  const accessToken = new AccessToken(given.token, { expiresAt: given.expiry?.getTime(), scopes: grantedScopes });
  return new TokenSet({ accessToken, idToken, grantedScopes, raptToken });
}
