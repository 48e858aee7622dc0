/** What user credentials say when they cannot be used any more, or not here. */
import { RefreshError } from '../errors.js';
import { DEFAULT_UNIVERSE_DOMAIN } from '../google/well-known.js';

/** The error that everybody gets who uses a grant after it was revoked here. */
export function revokedError(): RefreshError {
  return new RefreshError('revoked', 'These credentials were revoked by revoke(). The user must sign in again.');
}

/** The error for another universe than Google's own. */
export function otherUniverse(universeDomain: string): RefreshError {
  const message = `User credentials can be refreshed in the universe ${DEFAULT_UNIVERSE_DOMAIN} only, and these are for ${universeDomain}.`;
  return new RefreshError('universe_unsupported', message);
}
