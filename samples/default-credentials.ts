/** Application default credentials: the same program on a laptop, on a server with a key, and on Google Cloud. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, defaultCredentials } from 'credence';
import { authorizedFetch } from 'credence/interop';
import { startEmulator } from 'credence/testing';
import { echoOf } from './support/echo.js';

await using emulator = await startEmulator();
const { path } = await emulator.serviceAccount({ email: 'robot@example.com', projectId: 'project-of-the-key' });
const machine = await emulator.metadata({ serviceAccounts: [{ email: 'vm@example.com' }] });
const emptyFolder = await mkdtemp(join(tmpdir(), 'credence-sample-'));

/** The program: it does not know where it runs. */
async function program(): Promise<string> {
  try {
    const scopes = 'https://www.googleapis.com/auth/cloud-platform';
    const { credentials, projectId } = await defaultCredentials({ scopes });
    const { user } = await echoOf(await authorizedFetch(credentials)(emulator.apiUrl));
    return `${user}, project ${projectId ?? 'unknown'}, from ${credentials.constructor.name}`;
  } catch (error) {
    if (error instanceof ConfigurationError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

// A machine with nothing on it. The message lists every place, and why it was passed over.
process.env['CLOUDSDK_CONFIG'] = emptyFolder;
process.env['NO_GCE_CHECK'] = 'true';
console.log((await program()).replace(emptyFolder, '~/.config/gcloud'));

// On Google Cloud: the metadata server answers. Nothing was remembered of the failure.
process.env['NO_GCE_CHECK'] = '';
Object.assign(process.env, machine.env);
console.log(await program());

// A key file goes before it, and its project with it.
process.env['GOOGLE_APPLICATION_CREDENTIALS'] = path;
console.log(await program());
await rm(emptyFolder, { recursive: true });
