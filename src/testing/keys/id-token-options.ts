/** What can be chosen about an ID token that the emulator mints. */
import { oneOf, orNull, requireNumber, requireObject, requireString, requireText } from '../arguments.js';
import type { Checks } from '../option-reading.js';
import { readOptions } from '../option-reading.js';

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

const STYLES = ['google', 'firebase'];
const DEFECTS: readonly IdTokenDefect[] = ['expired', 'signature', 'foreign-key', 'alg-none', 'alg-hs256'];

const CHECKS: Checks<IdTokenOptions> = {
  audience: requireText,
  style: oneOf(STYLES),
  issuer: requireString,
  claims: requireObject,
  kid: orNull(requireString),
  issuedAt: requireNumber,
  lifetimeMs: requireNumber,
  defect: oneOf(DEFECTS),
};

/**
 * Checks the options and gives a frozen copy.
 * @throws TypeError for an option that there is none of, or of the wrong type, and where there is no audience.
 */
export function readIdTokenOptions(options: IdTokenOptions): IdTokenOptions {
  const own = readOptions(options, CHECKS);
  requireText('audience', own.audience);
  return own;
}
