/** Whether credentials have a token that can be kept: some sign one for each URL, and some need none. */
import { AnonymousCredentials } from '../../credentials/anonymous.js';
import type { Credentials } from '../../credentials/credentials.js';
import { OnDemandJwtCredentials } from '../../credentials/jwt/on-demand-jwt.js';
import { ServiceAccountCredentials } from '../../credentials/service-account/service-account.js';

/**
 * Refuses credentials that have no token of their own: nothing could ever be fetched.
 * @throws TypeError that says what to do.
 */
export function requireKeepable(credentials: Credentials | undefined): void {
  if (credentials instanceof ServiceAccountCredentials && credentials.ownTokenWay === undefined)
    throw new TypeError(
      '"source" must be credentials with a token to keep: a service account without scopes signs one for each API host, which needs no server. Name scopes, by withScopes() or in { serviceAccount, scopes }, or a "defaultAudience"',
    );
  if (credentials instanceof OnDemandJwtCredentials)
    throw new TypeError(
      '"source" must be credentials with a token to keep: OnDemandJwtCredentials sign one for each URL, which needs no server. JwtCredentials have one, for their audience',
    );
  if (credentials instanceof AnonymousCredentials)
    throw new TypeError('"source" must be credentials with a token to keep: AnonymousCredentials have none');
}
