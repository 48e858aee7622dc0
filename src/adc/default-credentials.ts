/** Application default credentials: the one call that finds what this machine has (google-auth's `default()`). */
import { requireOptions } from '../base/option-record.js';
import { throwIfAborted, type CallOptions } from '../credentials/call-options.js';
import type { Credentials } from '../credentials/credentials.js';
import { withScopesIfRequired } from '../credentials/with-scopes.js';
import { readEnv } from '../host/env.js';
import { requireRequestLike } from '../transport/request-check.js';
import type { RequestLike } from '../transport/transport.js';
import { loadOptions } from './credentials-from.js';
import { gcloudFile } from './gcloud-file.js';
import { machine } from './machine.js';
import type { LoadedCredentials, LoadOptions } from './loaders.js';
import { namedFile } from './named-file.js';
import { faultyPlace, nothingFound } from './nothing-found.js';
import { isFound, type Found, type PassedOver, type Place, type Search } from './place.js';

/** Options of {@link defaultCredentials}. */
export interface DefaultCredentialsOptions extends LoadOptions, CallOptions {
  /**
   * How to ask the metadata server, while looking.
   * @default the `transport` option
   */
  readonly request?: RequestLike | undefined;
}

const PLACES: readonly Place[] = [namedFile, gcloudFile, machine];
const PROJECT_VARIABLES = ['GOOGLE_CLOUD_PROJECT', 'GCLOUD_PROJECT'] as const;

/**
 * Finds the credentials of this machine: the file that `GOOGLE_APPLICATION_CREDENTIALS` names, else what
 * `gcloud auth application-default login` left, else the metadata server. Only what the place needs is read, and nothing is
 * remembered: the next call looks again. Service accounts and machines ask for the scopes; a user's are those of the consent.
 *
 * @example
 * ```ts
 * const { credentials, projectId } = await defaultCredentials({ scopes: 'https://www.googleapis.com/auth/cloud-platform' });
 * ```
 * @throws ConfigurationError `no_credentials` that lists where was looked, and why each place was passed over; another code where a place
 * is set up wrongly.
 * @throws TypeError for an option of the wrong type.
 */
export async function defaultCredentials(
  options: DefaultCredentialsOptions = {},
): Promise<LoadedCredentials<Credentials>> {
  requireOptions(options);
  throwIfAborted(options);
  const { request, signal } = options;
  if (request !== undefined) requireRequestLike(request, 'request');
  const { scopes, defaultScopes, ...load } = loadOptions(options);
  const found = await search({ load, request, signal });
  const projectId = namedProject() ?? found.projectId ?? (await found.findProject?.());
  return Object.freeze({ credentials: withScopesIfRequired(found.credentials, scopes, defaultScopes), projectId });
}

async function search(looking: Search): Promise<Found> {
  const passed: PassedOver[] = [];
  for (const place of PLACES) {
    const result = await look(place, looking, passed);
    if (isFound(result)) return result;
    passed.push(result);
  }
  throw nothingFound(passed);
}

async function look(place: Place, looking: Search, passed: readonly PassedOver[]): Promise<Found | PassedOver> {
  try {
    throwIfAborted(looking);
    return await place(looking);
  } catch (error) {
    throw faultyPlace(error, passed);
  }
}

function namedProject(): string | undefined {
  for (const name of PROJECT_VARIABLES) {
    const project = readEnv(name);
    if (project !== undefined) return project;
  }
  return undefined;
}
