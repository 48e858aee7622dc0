/** Google's token information endpoint: what an access token is good for. */
import { bearerToken } from '../apis/bearer-token.js';
import type { Endpoint } from '../http/http-exchange.js';
import { jsonAnswer } from '../http/http-exchange.js';
import { formOrQuery } from '../http/request-form.js';
import type { Realm } from '../realm.js';
import type { IssuedToken } from './access-tokens.js';
import { Refusal } from './refusal.js';
import { wholeSeconds } from './whole-seconds.js';

/** Both spellings of the scope with which Google reveals the address. */
const EMAIL_SCOPES = ['email', 'https://www.googleapis.com/auth/userinfo.email'];

/** Makes the token information endpoint of an emulator. */
export function tokenInfoEndpoint(realm: Realm): Endpoint {
  return (incoming) => {
    const value = formOrQuery(incoming, 'access_token') ?? bearerToken(incoming.headers.authorization);
    if (value === undefined) throw new Refusal('invalid_request', 'Required parameter is missing: access_token');
    const token = realm.accessTokens.live(value, realm.clock.now());
    if (token === undefined) throw new Refusal('invalid_token', 'Invalid Value');
    return jsonAnswer(200, describe(token, realm.clock.now()));
  };
}

/** Google gives every member as a string, numbers and booleans included. */
function describe({ holder, scopes, expiresAt }: IssuedToken, now: number): Record<string, string> {
  const revealsEmail = scopes.some((scope) => EMAIL_SCOPES.includes(scope));
  return {
    azp: holder.clientId,
    aud: holder.clientId,
    ...(scopes.includes('openid') ? { sub: holder.subject } : {}),
    scope: scopes.join(' '),
    exp: String(Math.floor(expiresAt / 1000)),
    expires_in: String(wholeSeconds(expiresAt - now)),
    ...(revealsEmail ? { email: holder.email, email_verified: 'true' } : {}),
    access_type: 'offline',
  };
}
