/** The file that `GOOGLE_APPLICATION_CREDENTIALS` names: the first place of default credentials. */
import { ConfigurationError } from '../errors.js';
import { readEnv } from '../host/env.js';
import { gcloudFilePath } from './cloud-sdk-host.js';
import { credentialsFromFile } from './credentials-from.js';
import { loadGcloudFile } from './gcloud-file.js';
import { CREDENTIAL_TYPES } from './loaders.js';
import type { Place } from './place.js';

/** The variable that names a credential file. */
export const CREDENTIALS_VARIABLE = 'GOOGLE_APPLICATION_CREDENTIALS';

/** Looks at the file that the environment names. One that is not there is an error: somebody wanted it to be. */
export const namedFile: Place = async ({ load }) => {
  const path = readEnv(CREDENTIALS_VARIABLE);
  if (path === undefined) return { place: CREDENTIALS_VARIABLE, reason: 'it is not set' };
  // As google-auth has it, gcloud's own file stays gcloud's, whoever names it.
  if (path === gcloudFilePath()) return await loadGcloudFile(path, load);
  try {
    return await credentialsFromFile(path, { ...load, type: CREDENTIAL_TYPES });
  } catch (error) {
    throw error instanceof ConfigurationError ? namedBy(error) : error;
  }
};

function namedBy(error: ConfigurationError): ConfigurationError {
  const message = `${error.message} (${CREDENTIALS_VARIABLE} names it.)`;
  return new ConfigurationError(error.code, message, { cause: error, retryable: error.retryable });
}
