/** The file that `GOOGLE_APPLICATION_CREDENTIALS` names: the first place of default credentials. */
import { ConfigurationError } from '../errors.js';
import { readEnv } from '../host/env.js';
import { gcloudFilePath } from './cloud-sdk-host.js';
import { credentialsFromFile } from './credentials-from.js';
import { loadGcloudFile } from './gcloud-file.js';
import { CREDENTIAL_TYPES } from './loaders.js';
import { isFound, type PassedOver, type Place } from './place.js';

const VARIABLE = 'GOOGLE_APPLICATION_CREDENTIALS';

/** Looks at the file that the environment names. One that is not there is an error, unless it is gcloud's own: somebody wanted it to be. */
export const namedFile: Place = async ({ load }) => {
  const path = namedPath();
  if (path === undefined) return notNamed('it is not set');
  // As google-auth has it, gcloud's own file stays gcloud's, whoever names it.
  if (path === gcloudFilePath()) {
    const found = await blamingVariable(() => loadGcloudFile(path, load));
    return isFound(found) ? found : notNamed("it names gcloud's own file, which is not there");
  }
  return await blamingVariable(() => credentialsFromFile(path, { ...load, type: CREDENTIAL_TYPES }));
};

/** The path in the variable, where it is set. */
export function namedPath(): string | undefined {
  return readEnv(VARIABLE);
}

/** Why the variable was passed over. */
export function notNamed(reason: string): PassedOver {
  return { place: VARIABLE, reason };
}

/** Loads what the variable names; an error says that the variable named it. */
export async function blamingVariable<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const { code, message, retryable } = error;
    throw new ConfigurationError(code, `${message} (${VARIABLE} names it.)`, { cause: error, retryable });
  }
}
