/** The ID tokens of a metadata server, which vouch for an account and, in full, for its machine. */
import type { JsonObject } from '../../base/json.js';
import type { ServiceAccount } from '../accounts/service-accounts.js';
import { issueIdToken } from '../keys/id-token.js';
import type { Realm } from '../realm.js';
import type { Machine } from './metadata-machine.js';

const INSTANCE_ID = '1234567890123456789';
const INSTANCE_NAME = 'emulated-instance';
const ZONE = 'us-central1-a';
const LICENSES = ['1000204'];
const CREATED_AT = 1_700_000_000;

/** An ID token for `query.audience`, as `query.format` and `query.licenses` ask for it. */
export function machineIdToken(
  { uniqueId, email }: ServiceAccount,
  query: URLSearchParams,
  machine: Machine,
  realm: Realm,
): Promise<string> {
  const full = query.get('format') === 'full';
  return issueIdToken(realm, {
    audience: query.get('audience') ?? '',
    subject: uniqueId,
    authorizedParty: uniqueId,
    ...(full ? { email, claims: machineClaims(machine, query.get('licenses') === 'TRUE') } : {}),
  });
}

/** See {@link https://cloud.google.com/compute/docs/instances/verifying-instance-identity | the payload of the token}. */
function machineClaims({ projectId, numericProjectId }: Machine, withLicenses: boolean): JsonObject {
  const instance = { instance_creation_timestamp: CREATED_AT, instance_id: INSTANCE_ID, instance_name: INSTANCE_NAME };
  const project = { project_id: projectId, project_number: numericProjectId };
  const licenses = withLicenses ? { license_id: LICENSES } : {};
  return { google: { compute_engine: { ...instance, ...licenses, ...project, zone: ZONE } } };
}
