/** Makes `authorized_user` credentials that an emulator honours: a user, a client, a refresh token, a file. */
import type { AuthorizedUserInfo } from '../../credentials/user/authorized-user-info.js';
import type { Client, Grant } from '../oauth/grants.js';
import type { Realm } from '../realm.js';
import type { AuthorizedUserOptions } from './authorized-user-options.js';
import { readAuthorizedUserOptions } from './authorized-user-options.js';
import type { CredentialFiles } from './credential-files.js';
import type { EmulatedUser } from './emulated-user.js';
import { userOf } from './emulated-user.js';

const DEFAULT_GRANTED_SCOPES = [
  'https://www.googleapis.com/auth/cloud-platform',
  'https://www.googleapis.com/auth/userinfo.email',
];

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
  given: AuthorizedUserOptions,
): Promise<AuthorizedUser> {
  const options = readAuthorizedUserOptions(given);
  const grant = realm.grants.add(options.grantedScopes ?? options.scopes ?? DEFAULT_GRANTED_SCOPES, options.email);
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
