/** The machine itself, where it is one of Google's: the last place of default credentials. */
import { metadataTimeoutMs } from '../credentials/metadata/metadata-environment.js';
import { MetadataCredentials } from '../credentials/metadata/metadata.js';
import { detectGoogleCloud } from '../credentials/metadata/residency.js';
import { RefreshError } from '../errors.js';
import type { Place, Search } from './place.js';

const NAME = 'metadata server';
/** Of a server that has answered the ping; a project is not worth a longer wait. `GCE_METADATA_TIMEOUT` goes before it. */
const PROJECT_TIMEOUT_MS = 3_000;

/** Looks whether there is a metadata server. */
export const machine: Place = async ({ load, request, signal }) => {
  const { endpoints: _, transport, ...options } = load;
  const residency = await detectGoogleCloud({ request: request ?? transport, clock: load.clock, signal });
  if (!residency.onGoogleCloud) return { place: NAME, reason: residency.reason, retryable: residency.retryable };
  const credentials = new MetadataCredentials({ ...options, transport });
  return {
    credentials,
    projectId: undefined,
    findProject: () => projectOf(credentials, request, signal),
  };
};

/** Credentials without a project are of use all the same. */
async function projectOf(
  credentials: MetadataCredentials,
  request: Search['request'],
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    return await credentials.getProjectId(request, { signal }, metadataTimeoutMs() ?? PROJECT_TIMEOUT_MS);
  } catch (error) {
    if (error instanceof RefreshError) return undefined;
    throw error;
  }
}
