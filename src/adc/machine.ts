/** The machine itself, where it is one of Google's: the last place of default credentials. */
import { RefreshError } from '../errors.js';
import { detectGoogleCloud } from '../credentials/residency.js';
import { MetadataCredentials } from '../credentials/metadata.js';
import { billed } from './loaders.js';
import type { Place, Search } from './place.js';

const NAME = 'metadata server';

/** Looks whether there is a metadata server. */
export const machine: Place = async ({ load, request, signal }) => {
  const { endpoints: _, transport, ...options } = load;
  const residency = await detectGoogleCloud({ request: request ?? transport, clock: load.clock, signal });
  if (!residency.onGoogleCloud) return { place: NAME, reason: residency.reason, retryable: true };
  const credentials = new MetadataCredentials({ ...options, transport });
  return {
    credentials: billed(credentials, load),
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
    return await credentials.getProjectId(request, { signal });
  } catch (error) {
    if (error instanceof RefreshError) return undefined;
    throw error;
  }
}
