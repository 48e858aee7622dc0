/** The file that `gcloud auth application-default login` leaves: the second place of default credentials. */
import { ConfigurationError } from '../errors.js';
import { gcloudFilePath } from './cloud-sdk-host.js';
import { credentialsFromFile } from './credentials-from.js';
import { gcloudProject } from './gcloud-project.js';
import { CREDENTIAL_TYPES, type LoadOptions } from './loaders.js';
import type { Found, PassedOver, Place } from './place.js';

const NAME = "gcloud's application default credentials";

/** Looks at gcloud's own file. */
export const gcloudFile: Place = async ({ load }) => {
  const path = gcloudFilePath();
  if (path === undefined) return { place: NAME, reason: 'this user has no home directory' };
  return await loadGcloudFile(path, load);
};

/**
 * Loads gcloud's file, whose project gcloud itself knows where the file does not.
 * @throws ConfigurationError where it is there and cannot be used.
 */
export async function loadGcloudFile(path: string, load: LoadOptions): Promise<Found | PassedOver> {
  try {
    const loaded = await credentialsFromFile(path, { ...load, type: CREDENTIAL_TYPES });
    return { ...loaded, findProject: gcloudProject };
  } catch (error) {
    if (!(error instanceof ConfigurationError) || error.code !== 'file_not_found') throw error;
    return { place: NAME, reason: `there is no file ${path}` };
  }
}
