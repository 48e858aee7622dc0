/** What can be changed about an emulator while it runs. */
import { atLeast, requireBoolean } from './arguments.js';
import type { Checks } from './option-reading.js';
import { readOptions } from './option-reading.js';

/** How the emulator behaves. Every member can be changed while it runs, through `emulator.configure()`. */
export interface EmulatorSettings {
  /**
   * How long access tokens live, in milliseconds by the emulator's clock; those already issued keep theirs. Answers have whole
   * seconds: a life below 1,000 ms is announced as one second, and the token refused when its own is over.
   * @default 3_600_000
   */
  readonly accessTokenLifetimeMs?: number;
  /**
   * Whether each refresh replaces the refresh token. Google does not; most other servers do.
   * @default false
   */
  readonly rotateRefreshTokens?: boolean;
  /**
   * For how long a replaced refresh token still works, in milliseconds by the emulator's clock. The answer then brings its
   * current successor. Used later, it counts as stolen, and the whole grant is revoked (RFC 9700 §4.14.2).
   * @default 0
   */
  readonly rotationGraceMs?: number;
  /**
   * How long the token endpoint holds back an answer that it has already decided, in real milliseconds.
   * @default 0
   */
  readonly latencyMs?: number;
  /**
   * Whether JWTs of service accounts may be addressed to Google too: assertions to `https://oauth2.googleapis.com/token`, which
   * Google's own clients send wherever the assertion goes, and self-signed JWTs to `https://*.googleapis.com/`.
   * @default false
   */
  readonly acceptGoogleAudience?: boolean;
  /**
   * For how long the public keys may be cached, in milliseconds: the `max-age` of their answers has whole seconds.
   * @default 3_600_000
   */
  readonly certsMaxAgeMs?: number;
}

/** Settings with nothing left open. */
export type CompleteSettings = Required<EmulatorSettings>;

/** The settings of an emulator that was given none. */
export const DEFAULT_SETTINGS: CompleteSettings = Object.freeze({
  accessTokenLifetimeMs: 3_600_000,
  rotateRefreshTokens: false,
  rotationGraceMs: 0,
  latencyMs: 0,
  acceptGoogleAudience: false,
  certsMaxAgeMs: 3_600_000,
});

/** What each setting must be. */
export const SETTING_CHECKS: Checks<EmulatorSettings> = {
  accessTokenLifetimeMs: atLeast(0),
  rotateRefreshTokens: requireBoolean,
  rotationGraceMs: atLeast(0),
  latencyMs: atLeast(0),
  acceptGoogleAudience: requireBoolean,
  certsMaxAgeMs: atLeast(0),
};

/**
 * Checks `changes` and lays them over `base`; a member that is `undefined` changes nothing.
 * @throws TypeError for a setting that there is none of, or of the wrong type.
 */
export function readSettings(base: CompleteSettings, changes: EmulatorSettings): CompleteSettings {
  return Object.freeze({ ...base, ...readOptions(changes, SETTING_CHECKS, 'settings') });
}
