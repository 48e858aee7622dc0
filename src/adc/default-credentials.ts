/** Application default credentials: the one call that finds what this machine has (google-auth's `default()`). */
import type { Credentials } from '../credentials/credentials.js';
import { projectFromEnvironment } from '../credentials/quota-project.js';
import { withScopesIfRequired } from '../credentials/with-scopes.js';
import { billed } from './credentials-from.js';
import type { LoadedCredentials } from './loaders.js';
import { searchOptions, type DefaultCredentialsOptions } from './search-options.js';
import { search } from './search.js';

export type { DefaultCredentialsOptions } from './search-options.js';

/**
 * Finds the credentials of this machine: the file that `GOOGLE_APPLICATION_CREDENTIALS` names, else what
 * `gcloud auth application-default login` left, else the metadata server. Only what the place needs is read, no program is run,
 * and nothing is remembered: the next call looks again. Service accounts and machines ask for the scopes; a user's are those of the consent.
 *
 * @example
 * ```ts
 * const { credentials, projectId } = await defaultCredentials({ scopes: 'https://www.googleapis.com/auth/cloud-platform' });
 * ```
 * @throws ConfigurationError `no_credentials` that lists where was looked, and why each place was passed over; another code where a place
 * is set up wrongly.
 * @throws TypeError for an option of the wrong type.
 */
export async function defaultCredentials(
  options: DefaultCredentialsOptions = {},
): Promise<LoadedCredentials<Credentials>> {
  const { scopes, defaultScopes, ...looking } = searchOptions(options);
  const load = billed(looking.load);
  const named = projectFromEnvironment('GOOGLE_CLOUD_PROJECT') ?? projectFromEnvironment('GCLOUD_PROJECT');
  const found = await search({ ...looking, load });
  const projectId = named ?? found.projectId ?? (await found.findProject?.());
  return Object.freeze({ credentials: withScopesIfRequired(found.credentials, scopes, defaultScopes), projectId });
}
