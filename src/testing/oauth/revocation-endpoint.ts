/** The revocation endpoint (RFC 7009), with Google's manners: any token of a grant ends the whole grant. */
import type { Endpoint } from '../http/http-exchange.js';
import { jsonAnswer } from '../http/http-exchange.js';
import { formOrQuery } from '../http/request-form.js';
import type { Realm } from '../realm.js';
import type { TokenHolder } from './grants.js';
import { Refusal } from './refusal.js';

/** Makes the revocation endpoint of an emulator. Unlike RFC 7009 §2.2, it refuses tokens that it does not know. */
export function revocationEndpoint(realm: Realm): Endpoint {
  return (incoming) => {
    const token = formOrQuery(incoming, 'token');
    if (token === undefined || token === '') throw new Refusal('invalid_request', 'Missing required parameter: token');
    const holder = holderOf(token, realm);
    if (holder === undefined || holder.revoked) throw new Refusal('invalid_token', 'Token expired or revoked');
    holder.revoke();
    return jsonAnswer(200, {});
  };
}

function holderOf(token: string, { accessTokens, grants, clock }: Realm): TokenHolder | undefined {
  return grants.ofRefreshToken(token) ?? accessTokens.live(token, clock.now())?.holder;
}
