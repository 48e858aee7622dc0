/** The public keys of an emulator: as JWK sets (RFC 7517 §5) and as maps of certificates, as Google publishes them. */
import type { Answer, Endpoint } from '../http/http-exchange.js';
import { jsonAnswer } from '../http/http-exchange.js';
import { decodedSegment } from '../http/path-segment.js';
import { certificateOf } from '../keys/certificate.js';
import type { SigningKey } from '../keys/signing-key.js';
import { Refusal } from '../oauth/refusal.js';
import type { Realm } from '../realm.js';

/** Whose keys sign the ID tokens of Firebase, in Google's naming. */
const FIREBASE_ACCOUNT = 'securetoken@system.gserviceaccount.com';

/** Serves the keys of ID tokens as a JWK set. */
export function jwksEndpoint(realm: Realm): Endpoint {
  return async () => keysAnswer(jwkSet(await idTokenKeys(realm)), realm);
}

/** Serves the certificates of the keys of ID tokens. */
export function certsEndpoint(realm: Realm): Endpoint {
  return async () => keysAnswer(certificates(await idTokenKeys(realm), 'federated-signon', realm), realm);
}

/** Serves the JWK set of the service account that the path ends with. */
export function accountJwksEndpoint(realm: Realm): Endpoint {
  return async ({ url }) => keysAnswer(jwkSet(await keysOfAccount(nameIn(url), realm)), realm);
}

/** Serves the certificates of the service account that the path ends with. */
export function accountCertsEndpoint(realm: Realm): Endpoint {
  return async ({ url }) => {
    const name = nameIn(url);
    return keysAnswer(certificates(await keysOfAccount(name, realm), name, realm), realm);
  };
}

async function idTokenKeys({ keys }: Realm): Promise<readonly SigningKey[]> {
  await keys.current();
  return keys.published;
}

async function keysOfAccount(name: string, realm: Realm): Promise<readonly SigningKey[]> {
  if (name === FIREBASE_ACCOUNT) return await idTokenKeys(realm);
  const account = realm.serviceAccounts.find(name);
  if (account !== undefined) return account.keys;
  throw new Refusal('not_found', 'There is no such service account.', { status: 404 });
}

function nameIn({ pathname }: URL): string {
  return decodedSegment(pathname.slice(pathname.lastIndexOf('/') + 1));
}

function jwkSet(keys: readonly SigningKey[]): object {
  const jwks = keys.map(({ algorithm: alg, keyId: kid, publicKey }) => {
    return { ...publicKey.export({ format: 'jwk' }), alg, kid, use: 'sig' };
  });
  return { keys: jwks };
}

function certificates(keys: readonly SigningKey[], name: string, { clock }: Realm): object {
  return Object.fromEntries(keys.map((key) => [key.keyId, certificateOf(key, name, clock.now())]));
}

function keysAnswer(value: object, { clock, settings }: Realm): Answer {
  const maxAge = Math.floor(settings.certsMaxAgeMs / 1000);
  return jsonAnswer(200, value, {
    'cache-control': `public, max-age=${String(maxAge)}, must-revalidate, no-transform`,
    expires: new Date(clock.now() + maxAge * 1000).toUTCString(),
  });
}
