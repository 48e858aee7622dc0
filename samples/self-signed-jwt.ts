/** Tokens that nobody is asked for: a service account signs them itself, one for each API, without a round trip (AIP-4111). */
import { JwtCredentials, OnDemandJwtCredentials, ServiceAccountCredentials } from 'credence';
import { authorizedFetch } from 'credence/interop';
import { startEmulator } from 'credence/testing';
import { echoOf } from './support/echo.js';

await using emulator = await startEmulator();
await using elsewhere = await startEmulator();
const { path } = await emulator.serviceAccount({ email: 'robot@example.com' });

// Without scopes, each host that is called gets a token of its own, which is good for nobody else.
const credentials = await ServiceAccountCredentials.fromServiceAccountFile(path);
const fetch = authorizedFetch(credentials);
const first = await echoOf(await fetch(`${emulator.apiUrl}/files`));
console.log(`${first.credential} of ${first.user}; token requests: ${emulator.requests.token}`);
const [here, alsoHere, there] = await Promise.all(
  [emulator.apiUrl, `${emulator.apiUrl}/more`, elsewhere.apiUrl].map(tokenFor),
);
console.log(
  `The same host: ${here === alsoHere ? 'the same' : 'another'} token; another host: ${here === there ? 'the same' : 'another'}`,
);

// One audience, named: for APIs that want another than their own URL.
const fixed = await JwtCredentials.fromServiceAccountFile(path, { audience: `${emulator.url}/` });
console.log(`JwtCredentials: ${(await authorizedFetch(fixed)(emulator.apiUrl)).status}`);

// A token for each URL: for services that look at the whole of it.
const onDemand = OnDemandJwtCredentials.fromSigningCredentials(credentials);
console.log(`OnDemandJwtCredentials: ${(await authorizedFetch(onDemand)(`${emulator.apiUrl}/files`)).status}`);

async function tokenFor(url: string): Promise<string | undefined> {
  const headers: Record<string, string> = {};
  await credentials.beforeRequest(undefined, 'GET', url, headers);
  return headers['authorization'];
}
