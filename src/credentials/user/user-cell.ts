/** The cell of user credentials: with the token they start from, and the grant of their refresh token. */
import { AccessToken } from '../../tokens/access-token.js';
import { sharedGrant } from '../../tokens/grant-registry.js';
import { TokenCell } from '../../tokens/token-cell.js';
import { TokenSet } from '../../tokens/token-set.js';
import { clockOf } from '../credentials-options.js';
import { expiresAtOf } from '../expiry.js';
import type { UserCredentialsOptions, UserCredentialsRecord } from './user-options.js';

/** A new cell. Its grant is shared with all credentials of this process that were made with the same refresh token. */
export function newUserCell(record: UserCredentialsRecord, given: UserCredentialsOptions): TokenCell {
  const clock = clockOf(record);
  // An empty one is what an unset variable leaves.
  const refreshToken = given.refreshToken === '' ? undefined : given.refreshToken;
  return new TokenCell({ clock, grant: sharedGrant(refreshToken, record, clock), tokens: tokensOf(record, given) });
}

/** What a copy is made of. */
export interface UserCopy {
  /** The options of the original. */
  readonly from: UserCredentialsRecord;
  /** The options of the copy. */
  readonly to: UserCredentialsRecord;
  /** Whether the token means the same in both. */
  readonly keepsToken: boolean;
}

/** The cell of a copy: the same one, or one of its own with the same grant. What another server makes of the refresh token is a grant of its own. */
export function copiedUserCell(cell: TokenCell, { from, to, keepsToken }: UserCopy): TokenCell {
  const clock = clockOf(to);
  if (from.tokenUri !== to.tokenUri) {
    return new TokenCell({ clock, grant: sharedGrant(cell.grant?.refreshToken, to, clock) });
  }
  if (!keepsToken) return new TokenCell({ clock, grant: cell.grant });
  // The same handler mints the same token; another one mints the next token in another way.
  return from.refreshHandler === to.refreshHandler ? cell : cell.fork();
}

function tokensOf(record: UserCredentialsRecord, given: UserCredentialsOptions): TokenSet | undefined {
  if (given.token === undefined) return undefined;
  const { idToken, grantedScopes, raptToken } = record;
  const expiresAt = expiresAtOf(given.expiry, 'expiry');
  const accessToken = new AccessToken(given.token, { expiresAt, scopes: grantedScopes });
  return new TokenSet({ accessToken, idToken, grantedScopes, raptToken });
}
