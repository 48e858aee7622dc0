/** The members of a token response that stand for an access token (RFC 6749 §5.1). */
import type { Realm } from '../realm.js';
import type { IssuedToken } from './access-tokens.js';
import { wholeSeconds } from './whole-seconds.js';

/** An access token as token endpoints give it. */
export interface TokenMembers {
  readonly access_token: string;
  readonly expires_in: number;
  readonly scope: string;
  readonly token_type: 'Bearer';
}

/** What the token endpoint tells of a token. */
export function tokenMembers(token: IssuedToken, { clock }: Pick<Realm, 'clock'>): TokenMembers {
  return {
    access_token: token.value,
    expires_in: wholeSeconds(token.expiresAt - clock.now()),
    scope: token.scopes.join(' '),
    token_type: 'Bearer',
  };
}
