/** A program on Compute Engine, Cloud Run or GKE: the metadata server of the machine gives the tokens, and there is no key. */
import { MetadataCredentials, MetadataIdTokenCredentials } from 'credence';
import { authorizedFetch } from 'credence/interop';
import { startEmulator } from 'credence/testing';
import { echoOf } from './support/echo.js';

await using emulator = await startEmulator();
const machine = await emulator.metadata({ projectId: 'my-project', serviceAccounts: [{ email: 'vm@example.com' }] });
// On a machine of Google's none of these variables is needed: everybody knows the address of the server there.
Object.assign(process.env, machine.env);

const credentials = new MetadataCredentials();
const fetch = authorizedFetch(credentials);
const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(emulator.apiUrl)));
const { user } = await echoOf(answers[0] ?? Response.error());
console.log(`${answers.length} calls as ${user}; token requests: ${emulator.requests.metadataToken}`);
console.log(`Project ${await credentials.getProjectId()}, account ${await credentials.getServiceAccountEmail()}`);

// Another service, such as one of Cloud Run, wants an ID token for itself.
const targetAudience = `${emulator.apiUrl}/service`;
const echo = await echoOf(await authorizedFetch(new MetadataIdTokenCredentials({ targetAudience }))(targetAudience));
console.log(`Another service: ${echo.credential} of ${echo.user}`);

// The server is away for a while: the token that is held goes on working.
await machine.outage(true);
console.log(`During an outage the API answers ${(await fetch(emulator.apiUrl)).status}.`);
