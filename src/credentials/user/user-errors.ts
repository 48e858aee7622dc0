/** What user credentials say when they cannot be used any more, or not here. */
import { RefreshError } from '../../errors.js';
import { DEFAULT_UNIVERSE_DOMAIN } from '../../google/well-known.js';

/** The error that everybody gets who uses a grant after it was revoked here. */
export function revokedError(): RefreshError {
  return new RefreshError('revoked', 'These credentials were revoked by revoke(). The user must sign in again.');
}

/** The error for another universe than Google's own. */
export function otherUniverse(universeDomain: string): RefreshError {
  const message = `User credentials can be refreshed in the universe ${DEFAULT_UNIVERSE_DOMAIN} only, and these are for ${universeDomain}.`;
  return new RefreshError('universe_unsupported', message);
}

/** What is said of a refusal where the file of the refresh token was replaced by that of another client or server. */
export function foreignFileMessage(path: string): string {
  return `The refresh token was refused. The file ${path} is for another client or another server now: load it again.`;
}
