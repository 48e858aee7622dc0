/** Who calls an API of the emulator, judged by the bearer token: an access token, a self-signed JWT, or an ID token. */
import { readNumber, readString } from '../../base/json-fields.js';
import { isShortLivedAt } from '../keys/jwt-lifetime.js';
import type { ReadJwt } from '../keys/jwt-reading.js';
import { isSignedBy, readJwt } from '../keys/jwt-reading.js';
import type { Realm } from '../realm.js';

/** What a caller has shown. */
export type CredentialKind = 'access_token' | 'self_signed_jwt' | 'id_token';

/** Somebody who has shown a token that is good. */
export interface Caller {
  readonly credential: CredentialKind;
  readonly email: string;
  /** What the token is limited to; `undefined` where it is good for everything. */
  readonly scopes: readonly string[] | undefined;
}

/** Whose token it is; `undefined` where it is not good for a request to `path`. */
export function callerOf(token: string, path: string, realm: Realm): Caller | undefined {
  const issued = realm.accessTokens.live(token, realm.clock.now());
  if (issued !== undefined) return { credential: 'access_token', email: issued.holder.email, scopes: issued.scopes };
  const jwt = readJwt(token);
  if (jwt === undefined) return undefined;
  return selfSigner(jwt, path, realm) ?? identified(jwt, path, realm);
}

/** See {@link https://google.aip.dev/auth/4111 | AIP-4111}: the token names a scope or the API. */
function selfSigner(jwt: ReadJwt, path: string, realm: Realm): Caller | undefined {
  const { claims } = jwt;
  const account = realm.serviceAccounts.find(readString(claims, 'iss') ?? '');
  if (account === undefined || account.disabled || readString(claims, 'sub') !== account.email) return undefined;
  if (!isSignedBy(jwt, account.keys) || !isShortLivedAt(claims, realm.clock.now())) return undefined;
  const scopes = readString(claims, 'scope')?.split(' ');
  if (scopes === undefined && !isAddressedTo(claims['aud'], path, realm)) return undefined;
  return { credential: 'self_signed_jwt', email: account.email, scopes };
}

/** An ID token of the emulator, as services such as Cloud Run take it. */
function identified(jwt: ReadJwt, path: string, realm: Realm): Caller | undefined {
  const { claims } = jwt;
  const lives = (readNumber(claims, 'exp') ?? 0) * 1000 > realm.clock.now();
  if (!lives || !isSignedBy(jwt, realm.keys.published) || !isAddressedTo(claims['aud'], path, realm)) return undefined;
  const email = readString(claims, 'email') ?? readString(claims, 'sub') ?? '';
  return { credential: 'id_token', email, scopes: [] };
}

/** Whether an audience is the URL of a request, or one that the URL begins with. */
function isAddressedTo(audience: unknown, path: string, { origin, settings }: Realm): boolean {
  if (typeof audience !== 'string') return false;
  if (settings.acceptGoogleAudience && /^https:\/\/[a-z-]+\.googleapis\.com\//.test(audience)) return true;
  return (
    `${origin}${path}/`.startsWith(audience.endsWith('/') ? audience : `${audience}/`) && audience.startsWith(origin)
  );
}
