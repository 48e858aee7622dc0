/** Looks for whoever can have an ID token for an audience of their choice: a service account, or the machine. */
import type { Credentials } from '../credentials/credentials.js';
import { readInfoFile } from '../credentials/info-file.js';
import { openInfo, textIn } from '../credentials/info-reader.js';
import { MetadataIdTokenCredentials } from '../credentials/metadata/metadata-id-token.js';
import { detectGoogleCloud } from '../credentials/metadata/residency.js';
import { ServiceAccountIdTokenCredentials } from '../credentials/service-account/service-account-id-token.js';
import { blamingVariable, namedPath, notNamed } from './named-file.js';
import { nothingFound } from './nothing-found.js';
import type { PassedOver, Search } from './place.js';

const REMEDY =
  'Name the key file of a service account in GOOGLE_APPLICATION_CREDENTIALS, or run on Google Cloud: a user cannot have an ID token for an audience of their choice.';

/**
 * The credentials of whoever can have it.
 * @throws ConfigurationError `no_credentials` that lists where was looked, and why each place was passed over.
 */
export async function searchForIdTokens(targetAudience: string, looking: Search): Promise<Credentials> {
  const named = await fromNamedFile(targetAudience, looking);
  if ('refresh' in named) return named;
  const machine = await fromMachine(targetAudience, looking);
  if ('refresh' in machine) return machine;
  throw nothingFound('credentials for ID tokens', [named, machine], REMEDY);
}

async function fromNamedFile(targetAudience: string, { load }: Search): Promise<Credentials | PassedOver> {
  const path = namedPath();
  if (path === undefined) return notNamed('it is not set');
  return await blamingVariable(async () => {
    const info = await readInfoFile(path);
    const context = { where: `the file ${path}`, endpoints: undefined };
    const open = openInfo(info, context, { type: undefined, required: [], remedy: '' });
    if (textIn(open, 'type') !== 'service_account') return notNamed(`${path} is not the key of a service account`);
    return await ServiceAccountIdTokenCredentials.fromServiceAccountFile(path, { ...load, targetAudience });
  });
}

async function fromMachine(targetAudience: string, search: Search): Promise<Credentials | PassedOver> {
  const { request, signal, load } = search;
  const { endpoints: _, ...options } = load;
  const { transport, clock } = options;
  const { onGoogleCloud, reason, retryable } = await detectGoogleCloud({
    request: request ?? transport,
    clock,
    signal,
  });
  if (!onGoogleCloud) return { place: 'metadata server', reason, retryable };
  return new MetadataIdTokenCredentials({ ...options, targetAudience });
}
