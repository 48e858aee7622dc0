/** Makes `authorized_user` credentials that an emulator honours: a user, a client, a refresh token, a file. */
import type { AuthorizedUserInfo } from '../../credentials/user/authorized-user-info.js';
import type { Client, Grant } from '../oauth/grants.js';
import type { Realm } from '../realm.js';
import { requireScopes } from '../scope-list.js';
import type { CredentialFiles } from './credential-files.js';
import type { EmulatedUser } from './emulated-user.js';
import { userOf } from './emulated-user.js';

const DEFAULT_GRANTED_SCOPES = [
  'https://www.googleapis.com/auth/cloud-platform',
  'https://www.googleapis.com/auth/userinfo.email',
];

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

/** The content of an `authorized_user` file of the emulator, which names all that is needed. */
export type EmulatedUserInfo = AuthorizedUserInfo &
  Readonly<Record<'type' | 'client_id' | 'client_secret' | 'refresh_token' | 'token_uri', string>>;

/** A new user of the emulator and the credentials that their client holds. */
export interface AuthorizedUser {
  /** Where the credential file lies; it is removed when the emulator closes. */
  readonly path: string;
  /** What the file holds: secrets, which are good for nothing outside the emulator. */
  readonly info: EmulatedUserInfo;
  /** Acts for the user. */
  readonly user: EmulatedUser;
}

/** Registers a user with a client of their own, and writes the file. */
export async function createAuthorizedUser(
  realm: Realm,
  files: CredentialFiles,
  tokenUri: string,
  options: AuthorizedUserOptions,
): Promise<AuthorizedUser> {
  const scopes = requireScopes('scopes', options.scopes ?? DEFAULT_GRANTED_SCOPES);
  const grant = realm.grants.add(requireScopes('grantedScopes', options.grantedScopes ?? scopes), options.email);
  const info = Object.freeze({
    ...secretMembers(grant),
    token_uri: options.tokenUri ?? tokenUri,
    ...optionalMembers(options),
    ...(options.withToken === true ? tokenMembers(grant, realm) : {}),
  });
  return Object.freeze({ path: await files.write('authorized-user', info), info, user: userOf(grant, realm) });
}

function secretMembers(grant: Grant): Pick<EmulatedUserInfo, 'type' | 'client_id' | 'client_secret' | 'refresh_token'> {
  const { id, secret }: Client = grant.client;
  return { type: 'authorized_user', client_id: id, client_secret: secret, refresh_token: grant.refreshTokens.current };
}

type OptionalMember = 'scopes' | 'account' | 'quota_project_id' | 'universe_domain';

function optionalMembers(options: AuthorizedUserOptions): Pick<AuthorizedUserInfo, OptionalMember> {
  const { scopes, account, quotaProjectId, universeDomain } = options;
  return {
    ...(scopes === undefined ? {} : { scopes: Object.freeze([...scopes]) }),
    ...(account === undefined ? {} : { account }),
    ...(quotaProjectId === undefined ? {} : { quota_project_id: quotaProjectId }),
    ...(universeDomain === undefined ? {} : { universe_domain: universeDomain }),
  };
}

function tokenMembers(grant: Grant, realm: Realm): Pick<AuthorizedUserInfo, 'token' | 'expiry'> {
  const { value, expiresAt } = realm.issueAccessToken(grant, grant.scopes);
  return { token: value, expiry: new Date(expiresAt).toISOString() };
}
