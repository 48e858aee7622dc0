/** A server that calls APIs as a service account, on its key file: as itself, as a user of its domain, and with a signature of its own. */
import { RefreshError, ServiceAccountCredentials } from 'credence';
import { authorizedFetch } from 'credence/interop';
import { startEmulator } from 'credence/testing';
import { echoOf } from './support/echo.js';

const SCOPE = 'https://www.googleapis.com/auth/drive.readonly';
const ADA = 'ada@example.com';

await using emulator = await startEmulator();
const { path, account } = await emulator.serviceAccount({ email: 'robot@example.com', delegatedUsers: [ADA] });

/** Calls the API, and tells whom it saw. */
async function callAs(credentials: ServiceAccountCredentials): Promise<string> {
  const fetch = authorizedFetch(credentials);
  const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(`${emulator.apiUrl}/files`)));
  const echoes = await Promise.all(answers.map(echoOf));
  return `${echoes.length} calls as ${echoes[0]?.user ?? 'nobody'}; token requests: ${emulator.requests.token}`;
}

const credentials = await ServiceAccountCredentials.fromServiceAccountFile(path, { scopes: SCOPE });
console.log(await callAs(credentials));

// Domain-wide delegation: a copy that acts for a user, with the same key and a token of its own.
console.log(await callAs(credentials.withSubject(ADA)));

const signature = await credentials.signBytes('what is to be signed');
console.log(`A signature of ${signature.length} bytes by ${credentials.signerEmail}`);

// A disabled account shows with its next token.
account.disable(true);
try {
  await credentials.refresh();
} catch (error) {
  if (!(error instanceof RefreshError)) throw error;
  console.log(`Disabled: ${error.code}, "${String(error.errorDescription)}"`);
}
