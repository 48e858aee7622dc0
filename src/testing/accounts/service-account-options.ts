/** What can be chosen about a service account of the emulator and its key file. */
import { oneOf, requireBoolean, requireText, requireTexts } from '../arguments.js';
import type { SigningAlgorithm } from '../keys/signing-key.js';
import type { Checks } from '../option-reading.js';
import { readOptions } from '../option-reading.js';

/** What the new account and its key file are like. */
export interface ServiceAccountOptions {
  /**
   * The account's address. That of an account which is there already gives it one more key.
   * @default `robot-1@<projectId>.iam.gserviceaccount.com`, counting up
   */
  readonly email?: string;
  /**
   * The project, and the `project_id` of the file.
   * @default 'emulated-project'
   */
  readonly projectId?: string;
  /**
   * What the key signs with. Google's own keys are for RS256.
   * @default 'RS256'
   */
  readonly algorithm?: SigningAlgorithm;
  /**
   * Whether the key pair is made for this file alone. RSA keys share one pair in each process otherwise, under different
   * ids, because making one takes a tenth of a second and more.
   * @default false
   */
  readonly ownKey?: boolean;
  /** Users whom the account may act for (domain-wide delegation); nobody by default. */
  readonly delegatedUsers?: readonly string[];
  /** Addresses of those who may act as this account through the IAM credentials API; everybody by default. */
  readonly tokenCreators?: readonly string[];
  /**
   * The `token_uri` of the file.
   * @default the token endpoint of the emulator
   */
  readonly tokenUri?: string;
  /** The `quota_project_id` of the file. */
  readonly quotaProjectId?: string;
  /**
   * The `universe_domain` of the file.
   * @default 'googleapis.com'
   */
  readonly universeDomain?: string;
}

const ALGORITHMS: readonly SigningAlgorithm[] = ['RS256', 'ES256'];

const CHECKS: Checks<ServiceAccountOptions> = {
  email: requireText,
  projectId: requireText,
  algorithm: oneOf(ALGORITHMS),
  ownKey: requireBoolean,
  delegatedUsers: requireTexts,
  tokenCreators: requireTexts,
  tokenUri: requireText,
  quotaProjectId: requireText,
  universeDomain: requireText,
};

/**
 * Checks the options and gives a frozen copy.
 * @throws TypeError for an option that there is none of, or of the wrong type.
 */
export function readServiceAccountOptions(options: ServiceAccountOptions): ServiceAccountOptions {
  return readOptions(options, CHECKS);
}
