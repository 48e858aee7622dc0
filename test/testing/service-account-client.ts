/** What the tests of the emulator are service accounts with: assertions that the jws package signs, and Google's own client. */
import { JWT } from 'google-auth-library';
import jws from 'jws';
import type { EmulatedServiceAccountInfo } from '../../src/testing/accounts/service-account.js';
import type { Reply } from './emulator-client.js';
import { post } from './emulator-client.js';

export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
export const SCOPE = 'https://www.googleapis.com/auth/devstorage.read_only';

type Info = Pick<EmulatedServiceAccountInfo, 'client_email' | 'private_key' | 'private_key_id' | 'token_uri'>;

/** A JWT that the key of a service account has signed. `undefined` takes a member away. */
export function signedBy(info: Info, claims: object, header: object = {}): string {
  const all = { alg: 'RS256', typ: 'JWT', kid: info.private_key_id, ...header } as jws.Header;
  return jws.sign({ header: all, payload: JSON.stringify(claims), secret: info.private_key });
}

/** The claims of a well made assertion. */
export function claimsOf(info: Info, now: number = Date.now(), claims: object = {}): object {
  const iat = Math.floor(now / 1000);
  return { iss: info.client_email, scope: SCOPE, aud: info.token_uri, iat, exp: iat + 3600, ...claims };
}

/** Sends an assertion to the token endpoint. */
export function exchange(info: Info, assertion: string): Promise<Reply> {
  return post(info.token_uri, { grant_type: JWT_BEARER, assertion });
}

/** A client of google-auth-library. It has Google's addresses built in, which its transporter replaces. */
export function googleJwtClient(info: EmulatedServiceAccountInfo, options: object = { scopes: [SCOPE] }): JWT {
  const { client_email: email, private_key: key, private_key_id: keyId } = info;
  const client = new JWT({ email, key, keyId, ...options });
  client.transporter.interceptors.request.add({
    resolved: async (request) => {
      if (request.url.href === 'https://oauth2.googleapis.com/token') request.url = new URL(info.token_uri);
      return request;
    },
  });
  return client;
}
