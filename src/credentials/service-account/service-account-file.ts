/** The key file of a service account, on disk. */
import { pathOf } from '../../host/paths.js';
import { readInfoFile } from '../info-file.js';
import { loadServiceAccount, type ServiceAccountLoadOptions } from './service-account-load.js';
import type { ServiceAccountCredentialsOptions } from './service-account-options.js';

/**
 * The options of a key file.
 * @throws ConfigurationError that says which field of which file is wrong, and what to do.
 */
export async function loadServiceAccountFile(
  path: string | URL,
  options: ServiceAccountLoadOptions,
): Promise<ServiceAccountCredentialsOptions> {
  const source = pathOf(path);
  return { ...loadServiceAccount(await readInfoFile(source), `the file ${source}`, options), source };
}
