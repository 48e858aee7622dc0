/** What can be chosen about a user of the emulator and the credential file. */
import { requireBoolean, requireText } from '../arguments.js';
import type { Checks } from '../option-reading.js';
import { readOptions } from '../option-reading.js';
import { requireScopes } from '../scope-list.js';

/** What the new user and the file are like. */
export interface AuthorizedUserOptions {
  /**
   * What the user consents to. With `openid` among them, refreshes bring an ID token.
   * @default `scopes`, or else cloud-platform and userinfo.email
   */
  readonly grantedScopes?: readonly string[];
  /** The `scopes` of the file. */
  readonly scopes?: readonly string[];
  /**
   * The user's address.
   * @default `user-1@example.com`, counting up
   */
  readonly email?: string;
  /** The `account` of the file. */
  readonly account?: string;
  /** The `quota_project_id` of the file. */
  readonly quotaProjectId?: string;
  /** The `universe_domain` of the file. */
  readonly universeDomain?: string;
  /**
   * The `token_uri` of the file.
   * @default the token endpoint of the emulator
   */
  readonly tokenUri?: string;
  /**
   * Whether the file holds a live access token and its expiry.
   * @default false
   */
  readonly withToken?: boolean;
}

const CHECKS: Checks<AuthorizedUserOptions> = {
  grantedScopes: requireScopes,
  scopes: requireScopes,
  email: requireText,
  account: requireText,
  quotaProjectId: requireText,
  universeDomain: requireText,
  tokenUri: requireText,
  withToken: requireBoolean,
};

/**
 * Checks the options and gives a frozen copy.
 * @throws TypeError for an option that there is none of, or of the wrong type.
 */
export function readAuthorizedUserOptions(options: AuthorizedUserOptions): AuthorizedUserOptions {
  return readOptions(options, CHECKS);
}
