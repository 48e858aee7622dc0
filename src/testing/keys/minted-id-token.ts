/** Mints ID tokens for those who verify them: in Google's style, in Firebase's, and in every way that must be refused. */
import { createHmac } from 'node:crypto';
import type { JsonObject } from '../../base/json.js';
import { freshUniqueId } from '../accounts/unique-id.js';
import { requireNumber, requireOneOf } from '../arguments.js';
import { wholeSeconds } from '../oauth/whole-seconds.js';
import type { Realm } from '../realm.js';
import type { SigningKey } from './signing-key.js';
import { makeSigningKey, signBytes, signingInput } from './signing-key.js';

const STYLES = ['google', 'firebase'] as const;
const DEFECTS: readonly IdTokenDefect[] = ['expired', 'signature', 'foreign-key', 'alg-none', 'alg-hs256'];
const EMAIL = 'someone@example.com';
const TWO_HOURS_MS = 7_200_000;

/** Why an ID token must be refused. `signature`: one bit is flipped. `foreign-key`: another key has signed under the id of the
 * published one. `alg-hs256`: the public key serves as the secret of an HMAC. */
export type IdTokenDefect = 'expired' | 'signature' | 'foreign-key' | 'alg-none' | 'alg-hs256';

/** What the ID token is like. */
export interface IdTokenOptions {
  /** The `aud`; with `style: 'firebase'` the project. */
  readonly audience: string;
  /** @default 'google' */
  readonly style?: 'google' | 'firebase';
  /**
   * The `iss`.
   * @default 'https://accounts.google.com', or `https://securetoken.google.com/<audience>` with `style: 'firebase'`
   */
  readonly issuer?: string;
  /** Claims on top of the usual ones; `undefined` takes one away. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /**
   * The `kid` of the header; `null` leaves it out.
   * @default that of the key that signs
   */
  readonly kid?: string | null;
  /**
   * The `iat`, in milliseconds since the epoch.
   * @default the emulator's time
   */
  readonly issuedAt?: number;
  /**
   * From `iat` to `exp`, in milliseconds.
   * @default 3_600_000
   */
  readonly lifetimeMs?: number;
  /** Makes a token that must be refused. */
  readonly defect?: IdTokenDefect;
}

/** Mints an ID token with the current key of the emulator. */
export async function mintIdToken(realm: Realm, options: IdTokenOptions): Promise<string> {
  const { defect } = options;
  if (defect !== undefined) requireOneOf('defect', defect, DEFECTS);
  const key = await realm.keys.current();
  const claims = claimsOf(options, realm.clock.now());
  const kid = options.kid === null ? undefined : (options.kid ?? key.keyId);
  const header = { alg: algorithmNamed(defect), kid, typ: 'JWT' };
  const input = signingInput(header, claims);
  return `${input}.${(await signatureOf(input, key, defect)).toString('base64url')}`;
}

function claimsOf(options: IdTokenOptions, now: number): JsonObject {
  const { audience: aud, style = 'google', defect } = options;
  const started = now - (defect === 'expired' ? TWO_HOURS_MS : 0);
  const iat = Math.floor(requireNumber('issuedAt', options.issuedAt ?? started) / 1000);
  const lifetimeMs = requireNumber('lifetimeMs', options.lifetimeMs ?? 3_600_000);
  const times = { iat, exp: iat + wholeSeconds(lifetimeMs) };
  const ofStyle = requireOneOf('style', style, STYLES) === 'google' ? googleClaims(aud) : firebaseClaims(aud, iat);
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
