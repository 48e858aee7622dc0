/** Loading a service account: what its key file says, with the caller's own options in their place. */
import { ownOptions } from '../../base/option-record.js';
import { CREDENTIALS_OPTIONS } from '../credentials-options.js';
import {
  readServiceAccountInfo,
  type ServiceAccountEndpoints,
  type ServiceAccountFacts,
} from './service-account-info.js';
import type { ServiceAccountCredentialsOptions } from './service-account-options.js';

type FromFile = 'signer' | 'serviceAccountEmail' | 'tokenUri';

/** What a caller may say besides the key file; it goes before what the file says. */
export interface ServiceAccountLoadOptions
  extends Omit<ServiceAccountCredentialsOptions, FromFile>, ServiceAccountEndpoints {}

const FROM_CALLER = Object.freeze([
  ...CREDENTIALS_OPTIONS,
  'additionalClaims',
  'alwaysUseJwtAccess',
  'assertionAudience',
  'defaultAudience',
  'defaultScopes',
  'endpoints',
  'maxAudiences',
  'projectId',
  'scopes',
  'subject',
] as const);

/**
 * The options of a key file's contents.
 * @param where What is read, for messages: `the file /path/x.json`.
 * @throws ConfigurationError that names the field, and what it must be.
 */
export function loadServiceAccount(
  info: unknown,
  where: string,
  options: ServiceAccountLoadOptions,
): ServiceAccountCredentialsOptions {
  const { endpoints, ...own } = ownOptions<ServiceAccountLoadOptions>(options, FROM_CALLER);
  const facts: ServiceAccountFacts = readServiceAccountInfo(info, { where, endpoints });
  return { ...facts, ...own };
}
