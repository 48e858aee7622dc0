/** A service that calls another one, as on Cloud Run: an ID token for that service is what signs it in. */
import { idTokenCredentials, ServiceAccountIdTokenCredentials } from 'credence';
import { authorizedFetch } from 'credence/interop';
import { startEmulator } from 'credence/testing';
import { echoOf } from './support/echo.js';

await using emulator = await startEmulator();
const { path } = await emulator.serviceAccount({ email: 'caller@example.com' });
const service = `${emulator.apiUrl}/service-a`;

// With a key file: the audience is the URL of the service that is called.
const credentials = await ServiceAccountIdTokenCredentials.fromServiceAccountFile(path, { targetAudience: service });
const { user, credential } = await echoOf(await authorizedFetch(credentials)(`${service}/orders`));
console.log(`With a key file: ${credential} of ${user}`);

// A token for one service is good for no other; a copy for that one has its own.
const other = `${emulator.apiUrl}/service-b`;
const refused = await authorizedFetch(credentials)(other);
const welcome = await authorizedFetch(credentials.withTargetAudience(other))(other);
console.log(`Another service answers ${refused.status}, and ${welcome.status} to a copy with its audience.`);

// Whatever this machine has: a key file in GOOGLE_APPLICATION_CREDENTIALS, else the metadata server.
const machine = await emulator.metadata({ serviceAccounts: [{ email: 'vm@example.com' }] });
Object.assign(process.env, machine.env);
const found = await idTokenCredentials(service);
const echo = await echoOf(await authorizedFetch(found)(service));
console.log(`With what the machine has: ${echo.credential} of ${echo.user}`);
