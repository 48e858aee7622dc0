/** The types of credential files, and the kind of credentials that each makes: one row a type. */
import type { ScopesLike } from '../base/scopes.js';
import type { EndpointPolicy } from '../base/url.js';
import type { CredentialsOptions } from '../credentials/credentials-options.js';
import { ServiceAccountCredentials } from '../credentials/service-account/service-account.js';
import { UserCredentials } from '../credentials/user/user.js';

/** The kind of credentials that a file of each type makes. */
export interface CredentialsByType {
  /** A person, as `gcloud auth application-default login` leaves them. */
  readonly authorized_user: UserCredentials;
  /** A service account's key. */
  readonly service_account: ServiceAccountCredentials;
}

/** A type of credential file that can be loaded. */
export type CredentialType = keyof CredentialsByType;

/** Credentials, with the project that their source names. */
export interface LoadedCredentials<T> {
  /** The credentials. */
  readonly credentials: T;
  /** The project, where the source names one. */
  readonly projectId: string | undefined;
}

/** Options of loading credentials of any type. */
export interface LoadOptions extends CredentialsOptions {
  /** The scopes to ask for. */
  readonly scopes?: ScopesLike | undefined;
  /** The scopes to ask for where `scopes` is left out; set by libraries, not by people. */
  readonly defaultScopes?: ScopesLike | undefined;
  /**
   * Which endpoints a file may name; `untrustedFile` for files that others hand in.
   * @default every https endpoint but link-local and metadata addresses, and http on loopback
   */
  readonly endpoints?: EndpointPolicy | undefined;
}

interface Loader<T extends CredentialType> {
  fromFile(path: string, options: LoadOptions): Promise<LoadedCredentials<CredentialsByType[T]>>;
  fromInfo(info: object, options: LoadOptions): LoadedCredentials<CredentialsByType[T]>;
}

/** A user's scopes are those of the consent: default scopes would only narrow them. */
const authorizedUser: Loader<'authorized_user'> = {
  async fromFile(path, { scopes, defaultScopes: _, ...options }) {
    const credentials = await UserCredentials.fromAuthorizedUserFile(path, scopes, options);
    return { credentials, projectId: undefined };
  },
  fromInfo(info, { scopes, defaultScopes: _, ...options }) {
    const credentials = UserCredentials.fromAuthorizedUserInfo(info, scopes, options);
    return { credentials, projectId: undefined };
  },
};

const serviceAccount: Loader<'service_account'> = {
  async fromFile(path, options) {
    const credentials = await ServiceAccountCredentials.fromServiceAccountFile(path, options);
    return { credentials, projectId: credentials.projectId };
  },
  fromInfo(info, options) {
    const credentials = ServiceAccountCredentials.fromServiceAccountInfo(info, options);
    return { credentials, projectId: credentials.projectId };
  },
};

/** The loader of each type. */
export const LOADERS: { readonly [T in CredentialType]: Loader<T> } = Object.freeze({
  authorized_user: authorizedUser,
  service_account: serviceAccount,
});

/** Every type that can be loaded. */
export const CREDENTIAL_TYPES: readonly CredentialType[] = Object.freeze([
  'authorized_user',
  'service_account',
] as const);
