/** Mints ID tokens for those who verify them: in Google's style, in Firebase's, and in every way that must be refused. */
import { createHmac } from 'node:crypto';
import type { JsonObject } from '../../base/json.js';
import { freshUniqueId } from '../accounts/unique-id.js';
import { wholeSeconds } from '../oauth/whole-seconds.js';
import type { Realm } from '../realm.js';
import type { IdTokenDefect, IdTokenOptions } from './id-token-options.js';
import { readIdTokenOptions } from './id-token-options.js';
import type { SigningKey } from './signing-key.js';
import { makeSigningKey, signBytes, signingInput } from './signing-key.js';

const EMAIL = 'someone@example.com';
const TWO_HOURS_MS = 7_200_000;

/** Mints an ID token with the current key of the emulator. */
export async function mintIdToken(realm: Realm, given: IdTokenOptions): Promise<string> {
  const options = readIdTokenOptions(given);
  const { defect } = options;
  const key = await realm.keys.current();
  const claims = claimsOf(options, realm.clock.now());
  const kid = options.kid === null ? undefined : (options.kid ?? key.keyId);
  const header = { alg: algorithmNamed(defect), kid, typ: 'JWT' };
  const input = signingInput(header, claims);
  return `${input}.${(await signatureOf(input, key, defect)).toString('base64url')}`;
}

function claimsOf(options: IdTokenOptions, now: number): JsonObject {
  const { audience: aud, style = 'google', lifetimeMs = 3_600_000, defect } = options;
  const started = now - (defect === 'expired' ? TWO_HOURS_MS : 0);
  const iat = Math.floor((options.issuedAt ?? started) / 1000);
  const times = { iat, exp: iat + wholeSeconds(lifetimeMs) };
  const ofStyle = style === 'google' ? googleClaims(aud) : firebaseClaims(aud, iat);
  const issuer = options.issuer === undefined ? {} : { iss: options.issuer };
  return { ...ofStyle, aud, email: EMAIL, email_verified: true, ...times, ...issuer, ...options.claims };
}

function googleClaims(audience: string): JsonObject {
  return { iss: 'https://accounts.google.com', azp: audience, sub: freshUniqueId() };
}

function firebaseClaims(project: string, signedInAt: number): JsonObject {
  const user = freshUniqueId();
  const firebase = { identities: { email: [EMAIL] }, sign_in_provider: 'password' };
  return {
    iss: `https://securetoken.google.com/${project}`,
    auth_time: signedInAt,
    user_id: user,
    sub: user,
    firebase,
  };
}

function algorithmNamed(defect: IdTokenDefect | undefined): string {
  if (defect === 'alg-none') return 'none';
  return defect === 'alg-hs256' ? 'HS256' : 'RS256';
}

async function signatureOf(input: string, key: SigningKey, defect: IdTokenDefect | undefined): Promise<Buffer> {
  if (defect === 'alg-none') return Buffer.alloc(0);
  if (defect === 'foreign-key') return signBytes(await makeSigningKey('RS256'), input);
  if (defect === 'alg-hs256') {
    const secret = key.publicKey.export({ type: 'spki', format: 'pem' });
    return createHmac('sha256', secret).update(input).digest();
  }
  const signature = signBytes(key, input);
  if (defect === 'signature') signature.writeUInt8(signature.readUInt8(signature.length - 1) ^ 1, signature.length - 1);
  return signature;
}
