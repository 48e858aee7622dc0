/** A script that calls an API as a user, on an authorized-user file such as `gcloud auth application-default login` makes. */
import { ConfigurationError, RefreshError, UserCredentials } from 'credence';
import { authorizedFetch } from 'credence/interop';
import { openPlayground } from './support/playground.js';

await using playground = await openPlayground();
const { file, apiUrl } = playground;

try {
  const credentials = await UserCredentials.fromAuthorizedUserFile(file);
  const fetch = authorizedFetch(credentials);

  const response = await fetch(apiUrl);

  console.log(`The API answered ${response.status}.`);
  console.log(`The token is ${credentials.tokenState} until ${String(credentials.expiry?.toISOString())}.`);
} catch (error) {
  if (error instanceof ConfigurationError) {
    console.error(`Something is wrong with the file. ${error.message}`);
  } else if (error instanceof RefreshError) {
    console.error(`There is no token to be had (${error.code}). ${error.message}`);
    if (error.retryable) console.error('Try again later.');
  } else {
    throw error;
  }
  process.exitCode = 1;
}
