/** ID tokens for an audience, by whatever this machine has (google-auth's `fetch_id_token`). */
import { requireOptions } from '../base/option-record.js';
import { throwIfAborted, type CallOptions } from '../credentials/call-options.js';
import type { Credentials } from '../credentials/credentials.js';
import { readInfoFile } from '../credentials/info-file.js';
import { InfoReader } from '../credentials/info-reader.js';
import { MetadataIdTokenCredentials } from '../credentials/metadata-id-token.js';
import { detectGoogleCloud } from '../credentials/residency.js';
import { ServiceAccountIdTokenCredentials } from '../credentials/service-account-id-token.js';
import { readEnv } from '../host/env.js';
import { loadOptions } from './credentials-from.js';
import type { DefaultCredentialsOptions } from './default-credentials.js';
import { CREDENTIALS_VARIABLE } from './named-file.js';
import { nothingFound } from './nothing-found.js';
import type { PassedOver } from './place.js';

/** Options of {@link idTokenCredentials} and {@link fetchIdToken}: those of `defaultCredentials()`, without the scopes. */
export type IdTokenOptions = Omit<DefaultCredentialsOptions, 'scopes' | 'defaultScopes'>;

/**
 * Finds credentials whose bearer token is an ID token for the audience: those of the service account that
 * `GOOGLE_APPLICATION_CREDENTIALS` names, else of the machine. A user cannot have one for an audience of their choice.
 * @param targetAudience Whom the token is for: the URL of a service, or the client id of IAP.
 * @throws ConfigurationError `no_credentials` that lists where was looked, and why each place was passed over.
 */
export async function idTokenCredentials(targetAudience: string, options: IdTokenOptions = {}): Promise<Credentials> {
  requireOptions(options);
  throwIfAborted(options);
  const named = await fromNamedFile(targetAudience, options);
  if ('refresh' in named) return named;
  const machine = await fromMachine(targetAudience, options);
  if ('refresh' in machine) return machine;
  throw nothingFound([named, machine]);
}

/**
 * An ID token for the audience. Keep the credentials of {@link idTokenCredentials} instead where many requests need one.
 * @throws ConfigurationError as {@link idTokenCredentials} does.
 * @throws RefreshError where the token cannot be had.
 */
export async function fetchIdToken(
  targetAudience: string,
  options: IdTokenOptions & CallOptions = {},
): Promise<string> {
  const credentials = await idTokenCredentials(targetAudience, options);
  const { value } = await credentials.refresh(options.request, { signal: options.signal });
  return value;
}

async function fromNamedFile(targetAudience: string, options: IdTokenOptions): Promise<Credentials | PassedOver> {
  const path = readEnv(CREDENTIALS_VARIABLE);
  if (path === undefined) return passedOver('it is not set');
  const info = await readInfoFile(path);
  const type = new InfoReader<'type'>(info, { where: `the file ${path}`, endpoints: undefined }, '').text('type');
  if (type !== 'service_account') return passedOver(`${path} is not the key of a service account`);
  return await ServiceAccountIdTokenCredentials.fromServiceAccountFile(path, {
    ...loadOptions(options),
    targetAudience,
  });
}

async function fromMachine(targetAudience: string, options: IdTokenOptions): Promise<Credentials | PassedOver> {
  const { endpoints: _, transport, ...load } = loadOptions(options);
  const { clock } = load;
  const residency = await detectGoogleCloud({ request: options.request ?? transport, clock, signal: options.signal });
  if (!residency.onGoogleCloud) return { place: 'metadata server', reason: residency.reason, retryable: true };
  return new MetadataIdTokenCredentials({ ...load, transport, targetAudience });
}

function passedOver(reason: string): PassedOver {
  return { place: CREDENTIALS_VARIABLE, reason };
}
