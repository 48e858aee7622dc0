/** Default credentials as the package offers them: what finds them is loaded with the first call. */
import { FirstUse } from '../base/first-use.js';
import type { CallOptions } from '../credentials/call-options.js';
import type { Credentials } from '../credentials/credentials.js';
import type { CredentialsFromOptions } from './credentials-from.js';
import type { DefaultCredentialsOptions } from './default-credentials.js';
import type { IdTokenOptions } from './id-token.js';
import type { CredentialsByType, CredentialType, LoadedCredentials } from './loaders.js';

const CALLS = new FirstUse(() => import('./calls.js'));

/**
 * Finds the credentials of this machine: the file that `GOOGLE_APPLICATION_CREDENTIALS` names, else what
 * `gcloud auth application-default login` left, else the metadata server. Only what the place needs is read, and nothing is
 * remembered: the next call looks again. Service accounts and machines ask for the scopes; a user's are those of the consent.
 *
 * @example
 * ```ts
 * const { credentials, projectId } = await defaultCredentials({ scopes: 'https://www.googleapis.com/auth/cloud-platform' });
 * ```
 * @throws ConfigurationError `no_credentials` that lists where was looked, and why each place was passed over; another code where a place
 * is set up wrongly.
 * @throws TypeError for an option of the wrong type.
 */
export function defaultCredentials(options?: DefaultCredentialsOptions): Promise<LoadedCredentials<Credentials>> {
  return CALLS.use(({ defaultCredentials }) => defaultCredentials(options));
}

/**
 * Loads a credential file. `GOOGLE_CLOUD_QUOTA_PROJECT` goes before the quota project that it names, and the option before both.
 * @param path The file.
 * @throws ConfigurationError that says which field of which file is wrong; `wrong_type` where it is of another type than those named.
 * @throws TypeError for an option of the wrong type.
 */
export function credentialsFromFile<T extends CredentialType>(
  path: string | URL,
  options: CredentialsFromOptions<T>,
): Promise<LoadedCredentials<CredentialsByType[T]>> {
  return CALLS.use(({ credentialsFromFile }) => credentialsFromFile(path, options));
}

/**
 * Makes credentials of the contents of a credential file. Quota projects are chosen as by {@link credentialsFromFile}.
 * @throws ConfigurationError that says which field is wrong; `wrong_type` where it is of another type than those named.
 * @throws TypeError for an option of the wrong type.
 */
export function credentialsFromInfo<T extends CredentialType>(
  info: object,
  options: CredentialsFromOptions<T>,
): Promise<LoadedCredentials<CredentialsByType[T]>> {
  return CALLS.use(({ credentialsFromInfo }) => credentialsFromInfo(info, options));
}

/**
 * Finds credentials whose bearer token is an ID token for the audience: those of the service account that
 * `GOOGLE_APPLICATION_CREDENTIALS` names, else of the machine. A user cannot have one for an audience of their choice.
 * @param targetAudience Whom the token is for: the URL of a service, or the client id of IAP.
 * @throws ConfigurationError `no_credentials` that lists where was looked, and why each place was passed over.
 */
export function idTokenCredentials(targetAudience: string, options?: IdTokenOptions): Promise<Credentials> {
  return CALLS.use(({ idTokenCredentials }) => idTokenCredentials(targetAudience, options));
}

/**
 * An ID token for the audience. Keep the credentials of {@link idTokenCredentials} instead where many requests need one.
 * @throws ConfigurationError as {@link idTokenCredentials} does.
 * @throws RefreshError where the token cannot be had.
 */
export function fetchIdToken(targetAudience: string, options?: IdTokenOptions & CallOptions): Promise<string> {
  return CALLS.use(({ fetchIdToken }) => fetchIdToken(targetAudience, options));
}
