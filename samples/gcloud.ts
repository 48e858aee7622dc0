/** A script on a developer's machine that acts as whoever is signed in to gcloud. Here a stand-in for gcloud is on the PATH. */
import { delimiter } from 'node:path';
import { GcloudCliCredentials, RefreshError } from 'credence';
import { authorizedFetch } from 'credence/interop';
import { createGcloudStandIn, startEmulator } from 'credence/testing';
import { echoOf } from './support/echo.js';

await using emulator = await startEmulator();
const { user: ada } = await emulator.authorizedUser();
const { token, expiry } = ada.mint();
using gcloud = createGcloudStandIn({ account: ada.email, token, expiresAt: expiry.getTime() });
process.env['PATH'] = `${gcloud.folder}${delimiter}${String(process.env['PATH'])}`;

const credentials = new GcloudCliCredentials({ quotaProjectId: 'my-project' });
const fetch = authorizedFetch(credentials);
const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(emulator.apiUrl)));
const { user, headers } = await echoOf(answers[0] ?? Response.error());

console.log(`${answers.length} calls as ${user}, for ${String(headers['x-goog-user-project'])}`);
console.log(`gcloud was run ${gcloud.runs.length === 1 ? 'once' : `${gcloud.runs.length} times`}.`);
console.log(`The token is ${credentials.tokenState} until ${String(credentials.expiry?.toISOString())}.`);

// What went wrong, and what to do about it, is told apart.
gcloud.configure({ signedIn: false });
console.log(await failureOf(new GcloudCliCredentials()));
gcloud.configure({ signedIn: true, reauthRequired: true });
console.log(await failureOf(new GcloudCliCredentials()));
console.log(await failureOf(new GcloudCliCredentials({ command: 'gcloud-that-is-not-there' })));

async function failureOf(broken: GcloudCliCredentials): Promise<string> {
  try {
    await broken.refresh();
    return 'There is a token.';
  } catch (error) {
    return error instanceof RefreshError ? `${error.code}: ${error.message}` : String(error);
  }
}
