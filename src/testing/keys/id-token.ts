/** Issues OpenID Connect ID tokens (OpenID Connect Core §2). */
import type { JsonObject } from '../../base/json.js';
import type { Realm } from '../realm.js';
import { signJwt } from './signing-key.js';

const LIFETIME_SECONDS = 3600;

/** What an ID token says beside who issued it, and when. */
export interface IdTokenTerms {
  readonly audience: string;
  readonly subject: string;
  /** Who asked for it. */
  readonly authorizedParty: string;
  /** The verified address; without it, the token tells none. */
  readonly email?: string | undefined;
  readonly claims?: JsonObject;
}

/** Issues an ID token that lives for an hour. */
export async function issueIdToken(realm: Realm, terms: IdTokenTerms): Promise<string> {
  const issuedAt = Math.floor(realm.clock.now() / 1000);
  const { audience: aud, subject: sub, authorizedParty: azp, email } = terms;
  const address = email === undefined ? {} : { email, email_verified: true };
  const times = { iat: issuedAt, exp: issuedAt + LIFETIME_SECONDS };
  return signJwt(await realm.keys.current(), {
    iss: realm.origin,
    azp,
    aud,
    sub,
    ...address,
    ...times,
    ...terms.claims,
  });
}
