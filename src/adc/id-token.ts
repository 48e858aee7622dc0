/** ID tokens for an audience, by whatever this machine has (google-auth's `fetch_id_token`). */
import type { Credentials } from '../credentials/credentials.js';
import { searchForIdTokens } from './id-token-search.js';
import { searchOptions, type DefaultCredentialsOptions } from './search-options.js';

/** Options of {@link idTokenCredentials} and {@link fetchIdToken}: those of `defaultCredentials()`, without the scopes. */
export type IdTokenOptions = Omit<DefaultCredentialsOptions, 'scopes' | 'defaultScopes'>;

/**
 * Finds credentials whose bearer token is an ID token for the audience: those of the service account that
 * `GOOGLE_APPLICATION_CREDENTIALS` names, else of the machine. A user cannot have one for an audience of their choice.
 * @param targetAudience Whom the token is for: the URL of a service, or the client id of IAP.
 * @throws ConfigurationError `no_credentials` that lists where was looked, and why each place was passed over.
 */
export async function idTokenCredentials(targetAudience: string, options: IdTokenOptions = {}): Promise<Credentials> {
  if (typeof targetAudience !== 'string' || targetAudience === '')
    throw new TypeError('"targetAudience" must be a non-empty string');
  const looking = searchOptions(options);
  return await searchForIdTokens(targetAudience, looking);
}

/**
 * An ID token for the audience. Keep the credentials of {@link idTokenCredentials} instead where many requests need one.
 * @throws ConfigurationError as {@link idTokenCredentials} does.
 * @throws RefreshError where the token cannot be had.
 */
export async function fetchIdToken(targetAudience: string, options: IdTokenOptions = {}): Promise<string> {
  const credentials = await idTokenCredentials(targetAudience, options);
  const { value } = await credentials.refresh(options.request, { signal: options.signal });
  return value;
}
