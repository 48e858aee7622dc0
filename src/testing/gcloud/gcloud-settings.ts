/** How a stand-in for gcloud behaves, and what can be changed about it. */
import {
  atLeast,
  orNull,
  requireBoolean,
  requireNumber,
  requireObject,
  requireString,
  requireText,
} from '../arguments.js';
import type { Checks } from '../option-reading.js';
import { readOptions } from '../option-reading.js';

/** What one command of the stand-in does, instead of what gcloud would do. */
export interface GcloudAnswer {
  /** What it prints on standard output. */
  readonly stdout?: string | undefined;
  /** What it prints on standard error; warnings stand here too. */
  readonly stderr?: string | undefined;
  /** Its exit code. */
  readonly exitCode?: number | undefined;
  /**
   * How long it waits before it prints anything, in milliseconds.
   * @default 0
   */
  readonly delayMs?: number | undefined;
}

/** How the stand-in behaves. */
export interface GcloudStandInSettings {
  /**
   * The account that is signed in and active.
   * @default 'user-1@example.com'
   */
  readonly account?: string | undefined;
  /**
   * Whether anybody is signed in.
   * @default true
   */
  readonly signedIn?: boolean | undefined;
  /**
   * Whether the user would have to prove again who they are.
   * @default false
   */
  readonly reauthRequired?: boolean | undefined;
  /**
   * The token that it prints.
   * @default `ya29.gcloud-stand-in-` and the number of the run
   */
  readonly token?: string | undefined;
  /**
   * When its tokens end, in milliseconds since the epoch; `null` where it does not say.
   * @default an hour after each run, by the machine's clock
   */
  readonly expiresAt?: number | null | undefined;
  /** The project that it is set to; none where it is left out. */
  readonly project?: string | undefined;
  /** What `gcloud config config-helper` does otherwise. */
  readonly configHelper?: GcloudAnswer | undefined;
  /** What `gcloud auth print-access-token` does otherwise. */
  readonly printAccessToken?: GcloudAnswer | undefined;
  /** What `gcloud config get project` does otherwise. */
  readonly getProject?: GcloudAnswer | undefined;
}

/** The settings of a stand-in that was given none. */
export const DEFAULT_GCLOUD_SETTINGS: GcloudStandInSettings = { account: 'user-1@example.com', signedIn: true };

const CHECKS: Checks<GcloudStandInSettings> = {
  account: requireText,
  signedIn: requireBoolean,
  reauthRequired: requireBoolean,
  token: requireString,
  expiresAt: orNull(requireNumber),
  project: requireString,
  configHelper: requireObject,
  printAccessToken: requireObject,
  getProject: requireObject,
};

const ANSWER_CHECKS: Checks<GcloudAnswer> = {
  stdout: requireString,
  stderr: requireString,
  exitCode: requireNumber,
  delayMs: atLeast(0),
};

/**
 * Checks `changes` and lays them over `current`; `undefined` brings back the default.
 * @throws TypeError for a setting that there is none of, or of the wrong type.
 */
export function changedSettings(current: GcloudStandInSettings, changes: GcloudStandInSettings): GcloudStandInSettings {
  const given = readOptions(changes, CHECKS, 'settings');
  for (const command of ['configHelper', 'printAccessToken', 'getProject'] as const) {
    const answer = given[command];
    if (answer !== undefined) readOptions(answer, ANSWER_CHECKS, command, `${command}.`);
  }
  const reset = Object.fromEntries(
    Object.keys(changes).map((name) => [name, Reflect.get(DEFAULT_GCLOUD_SETTINGS, name)]),
  );
  return { ...current, ...reset, ...given };
}
